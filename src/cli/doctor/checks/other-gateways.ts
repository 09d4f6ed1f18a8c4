import { createRequire } from "node:module"
import { join } from "node:path"
import { gatewayIdentifiers, listedProviders } from "../../../providers/registry"
import { errorMessage } from "../../../shared/errors"
import { isPlainObject } from "../../../shared/validation"
import { packageName } from "../../own-package"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic } from "../diagnostic"

/**
 * Loads the providers of other packages that can be gateways behind this plugin, as Medusa does when it starts: they make
 * themselves known then.
 */
export function loadOtherGateways({ folder, config, source }: Shop): Diagnostic[] {
  const fromShop = createRequire(join(folder, "package.json"))
  return listedProviders(config).flatMap((each) => {
    const resolve = isPlainObject(each) ? String(each.resolve) : ""
    const [, name = ""] = /[/\\]providers[/\\]([^/\\]+)$/.exec(resolve) ?? []
    const isOwn = resolve.startsWith(`${packageName}/`) || gatewayIdentifiers().includes(name)
    if (name === "" || isOwn) {
      return []
    }
    try {
      fromShop(resolve)
      return []
    } catch (error) {
      const line = source?.entries.find((entry) => entry.resolve === resolve)?.line ?? null
      const place = { file: source?.file ?? "medusa-config", line, option: "resolve" }
      const message = `${resolve} can't be loaded: ${errorMessage(error).split("\n")[0]}`
      return [
        diagnostic("config", "fault", message, { place, remedy: "Install it, or take it out" }),
      ]
    }
  })
}
