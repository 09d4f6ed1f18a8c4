import { MedusaError } from "@medusajs/framework/utils"
import { PAYMENT_JOURNAL_MODULE } from "../../../modules/payment-journal/module-name"
import { requirePlugin } from "../options"

const booting = (config: object) =>
  requirePlugin({
    container: { resolve: (key) => (key === "configModule" ? config : undefined) },
  })

describe("a store with a provider of this package", () => {
  it.each([
    ["has no modules", {}],
    ["has other modules only", { modules: { payment: {} } }],
    ["has switched the journal off", { modules: { [PAYMENT_JOURNAL_MODULE]: false } }],
  ])("does not start where it %s", async (_what, config) => {
    await expect(booting(config)).rejects.toBeInstanceOf(MedusaError)
  })

  it("is told the line to add, where, and what to run", async () => {
    await expect(booting({})).rejects.toThrow(
      /Add \{ resolve: "medusa-regional-payments", options: \{\} \} to `plugins` in medusa-config and run `npx medusa db:migrate`/
    )
  })

  it("starts with the plugin, whose journal is a module", async () => {
    const modules = { [PAYMENT_JOURNAL_MODULE]: { resolve: "the plugin" } }
    await expect(booting({ modules })).resolves.toBeUndefined()
  })
})
