import { digest } from "../gateways/shared/digest"

/**
 * A number for `pg_advisory_xact_lock`, of 64 bits and the same on every server; as a text, because a
 * JavaScript number has fewer.
 *
 * @param area whose locks these are, so that the same name elsewhere is another lock
 */
export function advisoryKey(area: string, name: string): string {
  const bytes = digest("sha256", [`medusa-regional-payments ${area} `, name])
  return bytes.readBigInt64BE().toString()
}
