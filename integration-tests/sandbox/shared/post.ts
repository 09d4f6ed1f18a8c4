import { request as requestHttp } from "node:http"
import { request as requestHttps } from "node:https"

export interface PostOptions {
  readonly url: URL
  /** POST unless told. A GET is sent without its body. */
  readonly method?: "GET" | "POST"
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** The status of the answer; its body is not read, redirects are not followed. Rejects where no answer came. */
export function post(options: PostOptions): Promise<number> {
  const { url, method = "POST", headers, body, timeoutMs, signal } = options
  const bytes = method === "GET" ? undefined : Buffer.from(body, "utf8")
  const send = url.protocol === "https:" ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      headers: { ...headers, ...(bytes && { "content-length": bytes.length }) },
      // No pool: a kept connection would outlive the sandbox.
      agent: false,
      timeout: timeoutMs,
      signal,
    })
    request.on("timeout", () => request.destroy(new Error(`No answer within ${timeoutMs} ms`)))
    request.on("error", reject)
    request.on("response", (response) => {
      response.on("error", () => undefined)
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.end(bytes)
  })
}
