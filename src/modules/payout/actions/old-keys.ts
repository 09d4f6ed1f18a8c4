import type { PayoutContext } from "../context"
import { openStates } from "../domain/duplicates"
import { neededKeys, type NeededKey } from "../store/keys"

/**
 * The keys of the option `encryption` beside the present one, and what still needs each: a key that nothing needs can be
 * taken out of the options.
 */
export async function oldKeys({ database, options }: PayoutContext): Promise<NeededKey[]> {
  const { encryption } = options
  const old = Object.keys(encryption?.keys ?? {}).filter((id) => id !== encryption?.keyId)
  if (old.length === 0) {
    return []
  }
  const needed = await neededKeys(database, openStates)
  return old.map(
    (key_id) =>
      needed.find((one) => one.key_id === key_id) ?? { key_id, accounts: 0, files: 0, approvals: 0 }
  )
}
