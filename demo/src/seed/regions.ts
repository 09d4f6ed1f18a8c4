import {
  createRegionsWorkflow,
  createTaxRegionsWorkflow,
  updateRegionsWorkflow,
} from "@medusajs/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Market } from "./markets"

/** A region that exists gets the market's payment providers again: they change between versions of the demo. */
export async function ensureRegions(
  container: MedusaContainer,
  markets: readonly Market[]
): Promise<void> {
  const regions = await container.resolve(Modules.REGION).listRegions({})
  for (const market of markets) {
    const existing = regions.find(({ name }) => name === market.region)
    if (existing) {
      await updateRegionsWorkflow(container).run({
        input: {
          selector: { id: existing.id },
          update: { payment_providers: market.paymentProviders },
        },
      })
    } else {
      await createRegionsWorkflow(container).run({ input: { regions: [region(market)] } })
    }
  }
  await ensureTaxes(container, markets)
}

function region({ region: name, currency, country, paymentProviders }: Market) {
  return {
    name,
    currency_code: currency,
    countries: [country],
    payment_providers: paymentProviders,
    is_tax_inclusive: true,
    automatic_taxes: true,
  }
}

async function ensureTaxes(container: MedusaContainer, markets: readonly Market[]): Promise<void> {
  const existing = await container.resolve(Modules.TAX).listTaxRegions({})
  const missing = markets.filter(
    ({ country }) => !existing.some(({ country_code }) => country_code === country)
  )
  if (missing.length === 0) return
  await createTaxRegionsWorkflow(container).run({
    input: missing.map(({ country, tax }) => ({
      country_code: country,
      provider_id: "tp_system",
      default_tax_rate: { name: tax.name, code: tax.name, rate: tax.percent },
    })),
  })
}
