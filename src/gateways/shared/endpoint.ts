/** The gateway's address can't be used; the sentence is for the merchant. */
export class InvalidEndpointError extends Error {
  override readonly name = "InvalidEndpointError"
}

/**
 * What is wrong with a gateway's base address, as the rest of a sentence that begins with the
 * option's name ("must begin with https://"); undefined where nothing is. For option schemas.
 */
export function endpointProblem(baseUrl: string): string | undefined {
  // URL would remove blanks and line breaks silently.
  if (/\s/.test(baseUrl)) {
    return "must not contain blanks or line breaks"
  }
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return "must be an address such as https://api.example.com"
  }
  if (url.username !== "" || url.password !== "") {
    return "must not contain a user name or password; credentials have options of their own"
  }
  if (/[?#]/.test(baseUrl)) {
    return "must not contain a query (?) or a fragment (#)"
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return "must begin with https:// (plain http is accepted only for localhost)"
  }
  return undefined
}

/**
 * The base address in its normal form, without a slash at the end.
 *
 * @throws InvalidEndpointError, which begins with `name` and does not repeat the address: it may
 * hold a password
 */
export function gatewayUrl(baseUrl: string, { name }: { name: string }): string {
  const problem = endpointProblem(baseUrl)
  if (problem !== undefined) {
    throw new InvalidEndpointError(`${name}: the base address ${problem}`)
  }
  return new URL(baseUrl).href.replace(/\/+$/, "")
}

/** The host of a parsed URL, which writes 127.1 and 0x7f000001 as 127.0.0.1. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
