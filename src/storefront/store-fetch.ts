import { CheckoutError, errorOfAnswer } from "./checkout-error"

/**
 * Asks the store: resolves with the answer's JSON, rejects when refused. `createStoreFetch` makes one;
 * `sdk.client.fetch` of `@medusajs/js-sdk` is one, too. The signal is aborted when nobody waits for the answer any more.
 */
export type StoreFetch = (
  path: string,
  init: { method: "GET" | "POST"; signal: AbortSignal }
) => Promise<unknown>

export type StoreAddress = {
  /** Of the Medusa server, such as `https://api.shop.example`; the page's own origin where it is empty. */
  baseUrl: string
  publishableKey: string
  /** Sent with each request, such as `authorization` or `x-medusa-locale`. */
  headers?: Record<string, string>
}

/**
 * A `StoreFetch` that needs no SDK. It rejects with a CheckoutError, which keeps the code of the store's answer where
 * the SDK's `FetchError` has its status alone.
 */
export function createStoreFetch({ baseUrl, publishableKey, headers }: StoreAddress): StoreFetch {
  const origin = baseUrl.replace(/\/+$/, "")
  return async (path, { method, signal }) => {
    const answer = await fetch(origin + path, {
      method,
      signal,
      headers: {
        accept: "application/json",
        "x-publishable-api-key": publishableKey,
        ...(method === "POST" && { "content-type": "application/json" }),
        ...headers,
      },
    })
    const text = await answer.text()
    const body = jsonOf(text)
    if (!answer.ok) {
      throw errorOfAnswer(answer.status, body)
    }
    if (body === undefined) {
      throw new CheckoutError("store_failed", `${path} was answered by something that is no JSON`)
    }
    return body
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
