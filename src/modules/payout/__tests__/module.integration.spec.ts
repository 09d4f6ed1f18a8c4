import { createPayoutDatabase, type PayoutDatabase } from "./payout-database"
import { MadeUpPayoutProvider } from "./made-up-provider"
import { encryption } from "./payouts-served"
import { alice, newBeneficiary, newTransfer } from "./payouts-under-test"
import { PayoutModuleService } from "../service"

jest.setTimeout(60_000)

describe("The payout module in a store", () => {
  let database: PayoutDatabase

  beforeAll(async () => {
    database = await createPayoutDatabase({
      encryption,
      providers: [{ resolve: { services: [MadeUpPayoutProvider] }, id: "main" }],
    })
  })

  afterAll(async () => {
    await database?.drop()
  })

  function service(): PayoutModuleService {
    if (!(database.service instanceof PayoutModuleService)) {
      throw new Error("Medusa made no service of the module")
    }
    return database.service
  }

  it("loads the providers of its option, and shows its rows to Medusa's queries", async () => {
    const payouts = service()
    expect(payouts.listProviders()).toMatchObject([{ id: "po_acme_main", title: "Acme Pay" }])
    const beneficiary = await payouts.addBeneficiary(newBeneficiary(), alice)
    const { transfer } = await payouts.makeTransfer(newTransfer(beneficiary), alice)

    const { data } = await database.query.graph({
      entity: "payout_transfer",
      fields: ["*"],
      filters: { reference: transfer.reference },
    })
    expect(data).toMatchObject([
      { id: transfer.id, amount: 1500, raw_amount: { value: "1500.00" }, status: transfer.status },
    ])
    const [listed, total] = await payouts.listAndCountPayoutTransfers({
      status: "awaiting_approval",
    })
    expect([listed[0]?.id, total]).toEqual([transfer.id, 1])
    expect(await payouts.retrievePayoutBeneficiary(beneficiary.id)).toMatchObject({
      account_hint: "••••3322",
    })
  })

  it("lets nobody write its rows around the rules", async () => {
    const payouts = service()
    const [transfer] = await payouts.listPayoutTransfers({})
    const change = { id: transfer?.id ?? "", status: "approved" as const }
    await expect(payouts.updatePayoutTransfers(change)).rejects.toThrow(
      "updatePayoutTransfers would go around the rules of payouts"
    )
    await expect(payouts.deletePayoutTransfers(change.id)).rejects.toThrow("go around the rules")
    await expect(payouts.softDeletePayoutBeneficiaries([])).rejects.toThrow("go around the rules")
  })
})
