import { cashy } from "../../../providers/cashy/gateway"
import { kess } from "../../../providers/kess/gateway"
import { mocasa } from "../../../providers/mocasa/gateway"
import { mocopay } from "../../../providers/mocopay/gateway"
import { paymentz } from "../../../providers/paymentz/gateway"
import { gatewayName, isGateway } from "../gateway-name"

describe("the name of a provider", () => {
  it.each([
    ["pp_mocasa_mocasa", "Mocasa Pay"],
    ["pp_mocasa", "Mocasa Pay"],
    ["pp_kess_riel", "KESS Pay (riel)"],
    ["po_cashy_main_account", "Cashy (main_account)"],
  ])("of %s is %s", (id, name) => {
    expect([gatewayName(id), isGateway(id)]).toEqual([name, true])
  })

  it.each(["pp_system_default", "pp_stripe_stripe", "mocasa", ""])("of %s is its id", (id) => {
    expect([gatewayName(id), isGateway(id)]).toEqual([id, false])
  })

  it.each([cashy, kess, mocasa, mocopay, paymentz])(
    "is the one that the server has: $title",
    ({ identifier, title }) => {
      expect(gatewayName(`pp_${identifier}_${identifier}`)).toBe(title)
    }
  )
})
