import type { BrowserShop } from "./shop"
import type { Gateway } from "./storefront"

/** A gateway's sandbox by its control routes; they are told in integration-tests/sandbox/README.md. */
export class Sandbox {
  private readonly url: string

  constructor(shop: BrowserShop, gateway: Gateway) {
    const url = shop.sandboxes[gateway]
    if (url === undefined) throw new Error(`The shop has no sandbox of ${gateway}`)
    this.url = url
  }

  async get<Answer>(path: string): Promise<Answer> {
    return await this.call("GET", path)
  }

  async post<Answer>(path: string, body?: object): Promise<Answer> {
    return await this.call("POST", path, body)
  }

  async delete<Answer>(path: string): Promise<Answer> {
    return await this.call("DELETE", path)
  }

  /** How often money moved this way: `payment`, `refund`. */
  async moves(kind: string): Promise<number> {
    const entries = await this.get<{ kind: string }[]>("/_sandbox/ledger")
    return entries.filter((entry) => entry.kind === kind).length
  }

  private async call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      ...(body && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
}
