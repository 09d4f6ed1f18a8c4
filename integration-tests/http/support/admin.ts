import type { AxiosInstance, AxiosResponse } from "axios"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { checkAnswer } from "../../openapi/check-answer"

/**
 * A person in the dashboard: everything goes through the Admin API, after a login. Answers of the plugin's own routes
 * have to be as its OpenAPI document tells them.
 */
export class Admin {
  readonly #api: AxiosInstance
  readonly #token: string

  private constructor(api: AxiosInstance, token: string) {
    this.#api = api
    this.#token = token
  }

  /** @param roles by their ids, where the shop has Medusa's role-based access control turned on */
  static async logIn(
    api: AxiosInstance,
    container: MedusaContainer,
    roles: readonly string[] = []
  ): Promise<Admin> {
    const email = `admin-${Date.now()}@example.com`
    const password = "only-for-tests"
    const user = await container.resolve(Modules.USER).createUsers({ email })
    const auth = container.resolve(Modules.AUTH)
    const { authIdentity } = await auth.register("emailpass", { body: { email, password } })
    await auth.updateAuthIdentities({
      id: authIdentity!.id,
      app_metadata: { user_id: user.id, roles: [] },
    })
    // The roles go into the token: they have to be there before the login.
    const link = container.resolve(ContainerRegistrationKeys.LINK)
    for (const rbac_role_id of roles) {
      await link.create({
        [Modules.USER]: { user_id: user.id },
        [Modules.RBAC]: { rbac_role_id },
      })
    }
    const { data } = await api.post("/auth/user/emailpass", { email, password })
    return new Admin(api, data.token)
  }

  /** The same person with the same login at another server of the shop. */
  at(api: AxiosInstance): Admin {
    return new Admin(api, this.#token)
  }

  async refund(paymentId: string, amount?: number): Promise<AxiosResponse> {
    return await this.post(
      `/admin/payments/${paymentId}/refund`,
      amount === undefined ? {} : { amount }
    )
  }

  async post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {}
  ): Promise<AxiosResponse> {
    const answer = await this.#api.post(path, body, this.#config(headers))
    checkAnswer("post", path, answer)
    return answer
  }

  async get(path: string): Promise<AxiosResponse> {
    const answer = await this.#api.get(path, this.#config())
    checkAnswer("get", path, answer)
    return answer
  }

  #config(headers: Record<string, string> = {}) {
    return {
      headers: { authorization: `Bearer ${this.#token}`, ...headers },
      validateStatus: () => true,
    }
  }
}
