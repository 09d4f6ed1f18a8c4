import type { ConfigModule } from "@medusajs/framework/types"
import { hasMemoryLocks } from "../../../workflows/providers/provider-report"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic } from "../diagnostic"
import { modulePlace } from "../places"

/**
 * Whether Medusa's locks are shared by all servers.
 *
 * @param servers how many there are by what whoever asks says; undefined where they did not
 */
export function checkLocking(
  { config, source }: Pick<Shop, "config" | "source">,
  servers: number | undefined
): Diagnostic[] {
  if (!hasMemoryLocks(config)) {
    return [diagnostic("locking", "ok", "Medusa's locks are shared by all servers")]
  }
  const hint = severalServers(config, servers)
  const remedy =
    "List @medusajs/medusa/locking with a provider that all share, such as @medusajs/medusa/locking-redis. Money is safe " +
    "without it; Medusa's own changes of carts are not"
  const place = modulePlace(source, "@medusajs/medusa/locking")
  return [
    hint === undefined
      ? diagnostic(
          "locking",
          "advice",
          "Medusa's locks are kept in memory, which does for one server",
          {
            place,
          }
        )
      : diagnostic(
          "locking",
          "fault",
          `Medusa's locks are kept in the memory of each server, and ${hint}`,
          { place, remedy }
        ),
  ]
}

/** What says that there is more than one server; undefined where nothing does. */
function severalServers(
  { projectConfig }: Pick<ConfigModule, "projectConfig">,
  servers: number | undefined
): string | undefined {
  if (servers !== undefined) {
    return servers > 1 ? `there are ${servers}` : undefined
  }
  return projectConfig.workerMode === undefined || projectConfig.workerMode === "shared"
    ? undefined
    : `workerMode is "${projectConfig.workerMode}", so that there is another beside this one`
}
