import { CashyPayoutProvider } from "../../cashy/provider"
import { MocasaPayoutProvider } from "../../mocasa/provider"
import { PaymentzPayoutProvider } from "../../paymentz/provider"
import { requirePlugin } from "../../../providers/base/options"
import type { PayoutDefinition } from "../provider"
import { refusalOf } from "../../../shared/__tests__/refusal"

const providers = [MocasaPayoutProvider, CashyPayoutProvider, PaymentzPayoutProvider]

type Provider = (typeof providers)[number]

const refusal = ({ validateOptions }: Provider, options: Record<string, unknown>) =>
  refusalOf(() => validateOptions(options)).message

describe.each(providers.map((Provider) => [Provider.identifier, Provider] as const))(
  "%s",
  (identifier: PayoutDefinition<unknown>["identifier"], Provider) => {
    it("stops the store at boot, names the package's path and every option that is missing", () => {
      const message = refusal(Provider, {})
      expect(message).toContain(`medusa-regional-payments/payout-providers/${identifier}`)
      expect(message).toMatch(/^- baseUrl: is missing\. /m)
    })

    it("is loaded into the payout module, after a look for the plugin itself", async () => {
      const { default: exported } = await import(`../../${identifier}/index`)
      expect(exported).toMatchObject({
        module: "payout",
        services: [Provider],
        loaders: [requirePlugin],
      })
    })

    it("knows no option of the payments' alone, and repeats no value", () => {
      const message = refusal(Provider, { returnUrl: "a-marked-value", baseUrl: "a-marked-value" })
      expect(message).toMatch(/^- returnUrl: no such option/m)
      expect(message).not.toContain("a-marked-value")
    })
  }
)
