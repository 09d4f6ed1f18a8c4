import { providerAnswer } from "../answers"

describe("a provider as the admin API tells it", () => {
  it("has what a form needs, and patterns as texts", () => {
    const answer = providerAnswer({
      id: "po_cashy_main",
      title: "Cashy",
      capabilities: {
        currencies: { php: 2 },
        idempotentReference: false,
        webhooks: "signed",
        contactFields: [{ name: "shop_name", title: "Shop", required: true }],
        accountFields: [
          { name: "account_number", title: "Account number", required: true, pattern: /^\d{10}$/ },
        ],
        identityFields: [{ name: "id_number", title: "Id", required: false, hint: "12 digits" }],
        tellsBalance: true,
        leaseMs: 30_000,
      },
    })
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      id: "po_cashy_main",
      title: "Cashy",
      capabilities: {
        currencies: [{ currency_code: "php", places: 2 }],
        contact_fields: [
          { name: "shop_name", title: "Shop", required: true, pattern: null, hint: null },
        ],
        account_fields: [
          {
            name: "account_number",
            title: "Account number",
            required: true,
            pattern: "^\\d{10}$",
            hint: null,
          },
        ],
        identity_fields: [
          { name: "id_number", title: "Id", required: false, pattern: null, hint: "12 digits" },
        ],
        tells_balance: true,
      },
    })
  })
})
