import type { BrowserShop } from "./shop"

export type Account = { readonly email: string; readonly password: string }

/** The Admin API, for what a test needs before it looks at a page, and for what it holds a page against. */
export class AdminApi {
  private constructor(
    private readonly origin: string,
    private readonly token: string
  ) {}

  static async logIn(shop: BrowserShop, account: Account = shop): Promise<AdminApi> {
    const { origin } = new URL(shop.dashboard)
    const { email, password } = account
    const { token } = await call<{ token: string }>(`${origin}/auth/user/emailpass`, {
      body: { email, password },
    })
    return new AdminApi(origin, token)
  }

  async get<Answer>(path: string): Promise<Answer> {
    return await call<Answer>(`${this.origin}${path}`, { token: this.token })
  }

  async post<Answer>(path: string, body: object = {}): Promise<Answer> {
    return await call<Answer>(`${this.origin}${path}`, { token: this.token, body })
  }

  /** By the number that people read. */
  async order(number: number): Promise<{ id: string; payment_status: string }> {
    const { orders } = await this.get<{
      orders: { id: string; display_id: number; payment_status: string }[]
    }>("/admin/orders?limit=100&order=-created_at&fields=id,display_id,payment_status")
    const order = orders.find(({ display_id }) => display_id === number)
    if (order === undefined) throw new Error(`There is no order #${number}`)
    return order
  }

  /**
   * Invites somebody and makes their account, as the dashboard does.
   *
   * @param abilities such as `gateway_payment:read`, of a role that is made for them; none: an account without a role
   */
  async colleague(name: string, abilities: readonly string[]): Promise<Account> {
    const account = { email: `${name}-${Date.now()}@example.com`, password: "only-for-tests" }
    const roles = abilities.length > 0 ? [await this.role(name, abilities)] : []
    const { invite } = await this.post<{ invite: { token: string } }>("/admin/invites", {
      email: account.email,
      roles,
    })
    const { token } = await call<{ token: string }>(`${this.origin}/auth/user/emailpass/register`, {
      body: account,
    })
    await call(`${this.origin}/admin/invites/accept?token=${invite.token}`, {
      token,
      body: { email: account.email, first_name: name, last_name: "Horvat" },
    })
    return account
  }

  private async role(name: string, abilities: readonly string[]): Promise<string> {
    const { policies } = await this.get<{ policies: { id: string; key: string }[] }>(
      "/admin/rbac/policies?limit=1000"
    )
    const { role } = await this.post<{ role: { id: string } }>("/admin/rbac/roles", {
      name: `${name} ${Date.now()}`,
    })
    await this.post(`/admin/rbac/roles/${role.id}/policies`, {
      policies: abilities.map((ability) => {
        const policy = policies.find(({ key }) => key === ability)
        if (policy === undefined) throw new Error(`Medusa knows no policy "${ability}"`)
        return policy.id
      }),
    })
    return role.id
  }
}

async function call<Answer>(
  url: string,
  { token, body }: { token?: string; body?: object }
): Promise<Answer> {
  const answer = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}
