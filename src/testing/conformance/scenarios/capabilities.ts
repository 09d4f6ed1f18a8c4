import { Modules } from "@medusajs/framework/utils"
import { gatewayOf } from "../../../providers/registry"
import { recordingLogger } from "../support/witness"
import type { Suite } from "../support/suite"

export function capabilities({ gateway, name, openStore }: Suite): void {
  describe(`${name}: capabilities`, () => {
    it("declared are the ones that this suite holds the gateway to", async () => {
      const { sandbox, medusa } = await openStore()
      const declared = gatewayOf(
        {
          modules: {
            [Modules.PAYMENT]: {
              options: {
                providers: [
                  {
                    resolve: `medusa-regional-payments/providers/${gateway.identifier}`,
                    id: gateway.identifier,
                    options: sandbox.options,
                  },
                ],
              },
            },
          },
        },
        medusa.providerId,
        recordingLogger(() => undefined)
      )
      expect(declared?.gateway.capabilities).toEqual(gateway.capabilities)
      expect(declared?.gateway.decimals).toEqual(gateway.currencies)
    })
  })
}
