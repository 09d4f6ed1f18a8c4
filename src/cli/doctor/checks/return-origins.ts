/** Where a storefront may have shoppers sent back to by `return_url`, against the storefronts that the shop lets in. */

import { accountOf } from "../../../providers/account"
import { returnOrigins } from "../../../providers/base/storefront-input"
import type { ConfiguredProvider } from "../../../providers/registry"
import { addressesOf, addressProblem } from "../../../workflows/providers/addresses"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic } from "../diagnostic"
import { listedAs, providerPlace } from "../places"

/** @param backend where the shop is reached; see `addressesOf` */
export function checkReturnOrigins(
  provider: ConfiguredProvider,
  { config, source }: Pick<Shop, "config" | "source">,
  backend: string
): Diagnostic[] {
  if (addressesOf(provider, { webhooks: "none", backend }).return === null) {
    return []
  }
  const allowed = returnOrigins(provider.options)
  const place = providerPlace(source, listedAs(provider), "options.allowedReturnOrigins")
  const { file, line, option } = place
  const about = { provider: provider.id, place: { file, line, option } }
  return [
    ...provider.options.allowedReturnOrigins.flatMap((origin) => {
      const problem = originProblem(provider, origin)
      return problem === undefined ? [] : [diagnostic("addresses", "warning", problem, about)]
    }),
    ...storefronts(config)
      .filter((origin) => !allowed.includes(origin))
      .map((origin) =>
        diagnostic("addresses", "advice", `A return_url at ${origin} would be refused`, {
          ...about,
          remedy: `Add "${origin}" to allowedReturnOrigins, where that storefront sends a return_url`,
        })
      ),
  ]
}

function originProblem(
  { definition, options }: ConfiguredProvider,
  origin: string
): string | undefined {
  const { baseUrl = "", environment } = options
  const { kind } = accountOf(definition.identifier, baseUrl, environment)
  switch (addressProblem({ url: origin, option: null })) {
    case "local":
      return kind === "live"
        ? `A live account may send shoppers to ${origin}, which is another place on each machine`
        : undefined
    case "http":
      return `Shoppers may be sent back to ${origin}, which is not https`
    case undefined:
      return undefined
  }
}

/** Medusa's starter lets its own documentation in, too, which sells nothing. */
const documentation = "https://docs.medusajs.com"

/** Those of `storeCors` that are written out; patterns and `*` name no one. */
function storefronts({ projectConfig }: Shop["config"]): string[] {
  return projectConfig.http.storeCors
    .split(",")
    .map((origin) => origin.trim().replace(/\/$/, ""))
    .filter((origin) => URL.canParse(origin) && new URL(origin).origin === origin)
    .filter((origin) => origin !== documentation)
}
