import { createApiKeysWorkflow } from "@medusajs/medusa/core-flows"
import { parse } from "csv-parse/sync"
import { required, type PayoutShop } from "../support/payout-shop"

export const path = "/admin/payouts"

/** The columns of a file of transfers. */
export const heading = "beneficiary_id,amount,currency_code,purpose"

export type Row = Record<string, unknown> & { id: string }

/** The admin API of payouts, as the dashboard and the shop's own programs call it. */
export function adminApi(shop: PayoutShop) {
  return { listed, exportOf, withApiKey, withToken }

  async function listed(list: string): Promise<string[]> {
    const answer = required(await shop.admin.get(`${path}/${list}`))
    const rows: Row[] = Object.values(answer).find(Array.isArray) ?? []
    return rows.map(({ id }) => id)
  }

  async function exportOf(filter: string): Promise<Record<string, string>[]> {
    const answer = await shop.admin.get(`${path}/transfers/export?${filter}`)
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8")
    expect(answer.headers["content-disposition"]).toContain("payout-transfers.csv")
    return parse(required(answer), { columns: true, bom: true })
  }

  /** As the shop's own programs call, with a key that an admin made. */
  async function withApiKey(url: string, body: object = {}) {
    const { result } = await createApiKeysWorkflow(shop.container).run({
      input: { api_keys: [{ type: "secret", title: "Script", created_by: "" }] },
    })
    return await withToken(result[0]!.token, url, body)
  }

  async function withToken(token: string, url: string, body: object) {
    const authorization = `Basic ${Buffer.from(`${token}:`).toString("base64")}`
    return await shop.api.post(url, body, {
      headers: { authorization },
      validateStatus: () => true,
    })
  }
}
