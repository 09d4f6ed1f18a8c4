import { gatewayName, isGateway } from "../gateway-name"

describe("the name of a provider", () => {
  it.each([
    ["pp_mocasa_mocasa", "Mocasa"],
    ["pp_kess_riel", "KESS (riel)"],
    ["po_cashy_main_account", "Cashy (main_account)"],
  ])("of %s is %s", (id, name) => {
    expect([gatewayName(id), isGateway(id)]).toEqual([name, true])
  })

  it.each(["pp_system_default", "pp_stripe_stripe", "mocasa", ""])("of %s is its id", (id) => {
    expect([gatewayName(id), isGateway(id)]).toEqual([id, false])
  })
})
