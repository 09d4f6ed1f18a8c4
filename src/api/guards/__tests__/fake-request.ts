import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

type CartRow = { id: string } & Record<string, unknown>

/** What the store's routes hand to a middleware, and what came of it. */
export class FakeRequest {
  readonly logged: string[] = []
  readonly req: MedusaRequest
  readonly res: MedusaResponse
  answer: { status: number; body: unknown } | undefined
  passed = 0

  constructor(request: {
    id: string
    body?: unknown
    /** Providers of the payment module in the shop's config. */
    providers?: unknown[]
    /** Stands in the place of the database connection. */
    connection?: unknown
    carts?: Record<string, CartRow>
  }) {
    const log = (line: unknown) => void this.logged.push(String(line))
    const { carts = {}, providers = [] } = request
    const registered: Record<string, unknown> = {
      logger: { debug: log, info: log, warn: log, error: log },
      configModule: { modules: { payment: { options: { providers } } } },
      __pg_connection__: request.connection,
      query: {
        graph: async ({ filters }: { filters: { payment_collection_id: string } }) => {
          const cart = carts[filters.payment_collection_id]
          return { data: cart ? [{ cart_id: cart.id, cart }] : [] }
        },
      },
    }
    const scope = { resolve: (key: string) => registered[key] }
    // Only what the guards touch of Medusa's request and response.
    this.req = Object.assign(Object.create(null), {
      params: { id: request.id },
      body: request.body,
      scope,
    })
    this.res = Object.assign(Object.create(null), {
      status: (status: number) => ({
        json: (body: unknown) => {
          this.answer = { status, body }
        },
      }),
    })
  }

  readonly next = (): void => {
    this.passed += 1
  }
}
