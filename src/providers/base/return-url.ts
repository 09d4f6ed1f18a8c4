import { invalidData } from "./errors"

/**
 * The address a storefront wants its shopper sent back to, if the shop allows its origin. Without this
 * check the shop's name would send people to any page of the internet.
 *
 * @throws MedusaError invalid_data, naming the option that would allow the address
 */
export function allowedReturnUrl(
  wish: string | undefined,
  allowedOrigins: readonly string[]
): string | undefined {
  if (wish === undefined) {
    return undefined
  }
  const url = URL.canParse(wish) ? new URL(wish) : undefined
  const harmless =
    url !== undefined &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === ""
  if (!harmless || !allowedOrigins.includes(url.origin)) {
    throw invalidData(
      `return_url is not allowed: its origin must be one of the option allowedReturnOrigins (${
        allowedOrigins.join(", ") || "none is set"
      })`
    )
  }
  return url.href
}
