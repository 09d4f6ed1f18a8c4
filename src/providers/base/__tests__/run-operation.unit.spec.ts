import { passSendingGuard } from "../../../gateways/shared/sending-guard"
import type { CheckedKind } from "../../../modules/payment-journal/gateway-operation"
import { gatewayContext } from "../context"
import type { OperationStatus } from "../gateway"
import { settleOperation } from "../run-operation"
import type { Fault } from "../../../testing/fake-gateway"
import { recordingLogger } from "../../../testing/fake-provider"
import { FakeStore, referenceOf, type Payment } from "../../../testing/fake-store"

const lost: Fault = { outcome: "unknown", acts: true }

function contextOf({ gateway, journal, log, events }: FakeStore) {
  return gatewayContext(
    { gateway },
    {
      journal,
      log: recordingLogger((line) => log.push(line)),
      announce: async (event) => {
        events.push(event)
      },
    }
  )
}

/** What the job does with all that is due. */
async function settleAll(store: FakeStore, payment: Payment): Promise<string[]> {
  store.waitOutLeases()
  const order = await store.order(payment)
  const claimed = await store.journal.claimOperationsToCheck({
    provider_id: FakeStore.providerId,
    due: new Date(8.64e15),
    lease_ms: 60_000,
    limit: 10,
  })
  const findings: string[] = []
  for (const operation of claimed) {
    const kind = checked(operation.kind)
    const rows = kind === "capture" ? store.captures : store.refunds
    const existing = async (ids: string[]) => ids.filter((id) => rows.some((row) => row.id === id))
    findings.push(await settleOperation(contextOf(store), { kind, order, operation, existing }))
  }
  return findings
}

function checked(kind: CheckedKind | "charge"): CheckedKind {
  if (kind === "charge") {
    throw new Error("A charge is told by its order")
  }
  return kind
}

async function lostRefund(settings = {}, amount?: number) {
  const store = new FakeStore(settings)
  const payment = await store.authorized()
  store.gateway.failNext("refund", lost)
  await expect(store.refund(payment, amount)).rejects.toThrow()
  return { store, payment }
}

describe("an operation that another server has taken over while this one stood still", () => {
  it("is not sent any more", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    jest.spyOn(store.journal, "renewOperations").mockResolvedValue(undefined)
    await expect(store.refund(payment)).rejects.toThrow("was stopped before its end")
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual([])
  })

  it("is not sent either where it was taken over while an access token was fetched", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    const send = jest.spyOn(refundCalls(store), "send")
    let isSent = false
    send.mockImplementation(async () => {
      jest.spyOn(store.journal, "renewOperations").mockResolvedValue(undefined)
      await passSendingGuard()
      isSent = true
      return { outcome: "done" }
    })
    await expect(store.refund(payment)).rejects.toThrow("was stopped before its end")
    expect(isSent).toBe(false)
    const [operation] = await store.journal.operationsOfOrder(referenceOf(payment))
    expect(operation).toMatchObject({ kind: "refund", state: "intended", gateway_message: null })
  })
})

describe("an operation that another server has taken over while this one's call was under way", () => {
  it("is the other's to settle: a refusal that comes late says nothing of what the other sends", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    const reference = referenceOf(payment)
    jest.spyOn(refundCalls(store), "send").mockImplementationOnce(async () => {
      store.waitOutLeases()
      const [begun] = await store.journal.operationsOfOrder(reference)
      const resumed = await store.journal.beginOperation(
        {
          order_reference: reference,
          kind: "refund",
          amount: begun?.amount ?? "",
          currency_code: begun?.currency_code ?? "",
          medusa_id: null,
          lease_ms: 60_000,
          limit: begun?.amount ?? "",
        },
        async () => []
      )
      expect(resumed.type).toBe("resume")
      return { outcome: "declined", message: "Low balance" }
    })
    await expect(store.refund(payment)).rejects.toThrow("is not known yet")
    const [operation] = await store.journal.operationsOfOrder(reference)
    expect(operation).toMatchObject({ state: "intended" })
  })
})

describe("a refusal", () => {
  /** A proxy sends it twice and returns the answer to the second, which is refused because the first was made. */
  async function refusedAfterIt(isMade: boolean) {
    const store = new FakeStore()
    const payment = await store.authorized()
    store.gateway.failNext("refund", { outcome: "declined", acts: isMade })
    const refund = async () => await store.refund(payment)
    const operation = async () => (await store.journal.operationsOfOrder(referenceOf(payment)))[0]
    return { store, refund, operation }
  }

  it("counts where the gateway, asked, knows nothing of it", async () => {
    const { refund, operation } = await refusedAfterIt(false)
    await expect(refund()).rejects.toThrow("no money moved")
    expect(await operation()).toMatchObject({ state: "declined" })
  })

  it("does not where the gateway, asked, says that it was made", async () => {
    const { refund, operation } = await refusedAfterIt(true)
    await refund()
    expect(await operation()).toMatchObject({ state: "done" })
  })

  it.each(["unknown", "declined", "not_sent", "bug"] as const)(
    "is asked about once more where the question fails (%s)",
    async (outcome) => {
      const { store, refund, operation } = await refusedAfterIt(true)
      store.gateway.failNext("ask refund", { outcome })
      await refund()
      expect(await operation()).toMatchObject({ state: "done" })
    }
  )

  it("says nothing of the money where nobody can be asked: it is asked about later, and nothing is sent again", async () => {
    const { store, refund, operation } = await refusedAfterIt(true)
    store.gateway.failNext("ask refund", { outcome: "unknown" }, { outcome: "not_sent" })
    await expect(refund()).rejects.toThrow("is not known yet")
    expect(await operation()).toMatchObject({ state: "unknown" })
    await refund()
    expect(await operation()).toMatchObject({ state: "done" })
    expect(store.gateway.callsOf("refund")).toHaveLength(1)
  })

  it("says nothing of the money where the gateway does not tell of it", async () => {
    const { store, refund, operation } = await refusedAfterIt(true)
    store.gateway.askAnswer = { outcome: "unknown", message: "processing" }
    await expect(refund()).rejects.toThrow("is not known yet")
    expect(await operation()).toMatchObject({ state: "unknown" })
  })
})

describe("what a gateway says of an operation", () => {
  it("is written down so that a database keeps it, whatever is in it: the money is moved", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    const message = `made\0 at ${"\ud800"}last\nWARN all is lost`
    store.gateway.operationAnswer = { outcome: "done", code: "0\n0", message, gatewayId: "R\0 1" }
    await store.refund(payment)
    const [operation] = await store.journal.operationsOfOrder(referenceOf(payment))
    expect(operation).toMatchObject({
      state: "done",
      gateway_code: "0 0",
      gateway_message: "made at last WARN all is lost",
      gateway_id: null,
    })
  })

  it("is the same where it is asked about later", async () => {
    const { store, payment } = await lostRefund()
    store.gateway.askAnswer = { outcome: "declined", code: "\0", message: "no\0 money" }
    expect(await settleAll(store, payment)).toEqual(["declined"])
    const [operation] = await store.journal.operationsOfOrder(referenceOf(payment))
    expect(operation).toMatchObject({ state: "declined", gateway_message: "no money" })
  })
})

function refundCalls({ gateway: { refund } }: FakeStore) {
  if (!refund) {
    throw new Error("The fake gateway has no refunds")
  }
  return refund
}

describe("settleOperation", () => {
  it("writes a refund down that was made, and the admin's next try takes it over unsent", async () => {
    const { store, payment } = await lostRefund()

    expect(await settleAll(store, payment)).toEqual(["done"])

    expect((await store.order(payment)).state).toBe("refunded")
    await store.refund(payment)
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["100.00"])
    expect(store.refunds).toHaveLength(1)
  })

  it("leaves an order paid of which a part was given back", async () => {
    const { store, payment } = await lostRefund({}, 40)
    await settleAll(store, payment)
    expect((await store.order(payment)).state).toBe("paid")
    await store.refund(payment, 60)
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["40.00", "60.00"])
  })

  it("tells of money that Medusa's books lack", async () => {
    const { store, payment } = await lostRefund()
    await settleAll(store, payment)
    expect(store.said("info")).toMatch(/of 100.00 PHP was made, and Medusa's ledger lacks it/)
    expect(store.events).toEqual([
      {
        name: "payment.operation_settled",
        data: expect.objectContaining({
          kind: "refund",
          state: "done",
          amount: "100.00",
          currency_code: "php",
          order_reference: referenceOf(payment),
          is_in_medusa: false,
        }),
      },
    ])
  })

  it("sees that Medusa still has its row, where only the server died", async () => {
    const { store, payment } = await lostRefund()
    const [operation] = await store.journal.operationsOfOrder(referenceOf(payment), "refund")
    store.refunds.push({
      id: String(operation?.medusa_id),
      amount: 100,
      raw_amount: { value: "100", precision: 20 },
    })
    await settleAll(store, payment)
    expect(store.events).toMatchObject([{ data: { is_in_medusa: true } }])
  })

  it.each<[string, OperationStatus | undefined]>([
    ["was not made", undefined],
    ["may be repeated", { outcome: "may_repeat" }],
    ["is not final", { outcome: "unknown", message: "processing" }],
    ["was refused", { outcome: "declined", code: "E9" }],
  ])("never sends a move again that %s", async (_, answer) => {
    const store = new FakeStore()
    const payment = await store.authorized()
    store.gateway.failNext("refund", { outcome: "unknown" })
    await expect(store.refund(payment)).rejects.toThrow()
    store.gateway.askAnswer = answer

    expect(await settleAll(store, payment)).toEqual([answer?.outcome ?? "may_repeat"])

    expect(store.gateway.callsOf("refund")).toHaveLength(1)
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual([])
  })

  it("leaves what may be repeated to the admin, under the same reference", async () => {
    const store = new FakeStore()
    const payment = await store.authorized()
    store.gateway.failNext("refund", { outcome: "unknown" })
    await expect(store.refund(payment)).rejects.toThrow()
    await settleAll(store, payment)
    expect(store.events).toEqual([])
    await store.refund(payment)
    const [first, second] = store.gateway.callsOf("refund")
    expect(second?.reference).toBe(first?.reference)
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["100.00"])
  })

  it("writes a refusal down that is final, and another amount can be refunded after it", async () => {
    const { store, payment } = await lostRefund({}, 40)
    store.gateway.order(referenceOf(payment)).moves.splice(0)
    store.gateway.askAnswer = { outcome: "declined", code: "E9", message: "no balance" }
    expect(await settleAll(store, payment)).toEqual(["declined"])
    expect(store.events).toMatchObject([{ data: { state: "declined" } }])
    await store.refund(payment, 60)
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["60.00"])
  })

  it.each(["unknown", "declined", "not_sent", "bug"] as const)(
    "learns nothing of a question that fails (%s), and asks again",
    async (outcome) => {
      const { store, payment } = await lostRefund()
      store.gateway.failNext("ask refund", { outcome })
      expect(await settleAll(store, payment)).toEqual(["unknown"])
      expect(await settleAll(store, payment)).toEqual(["done"])
    }
  )

  it("lets go of the move when it has asked, so that an admin need not wait", async () => {
    const { store, payment } = await lostRefund()
    store.gateway.failNext("ask refund", { outcome: "unknown" })
    await settleAll(store, payment)
    await store.refund(payment)
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["100.00"])
  })

  it("knows an order as paid whose capture was made", async () => {
    const store = new FakeStore({ capture: "multiple_partial" })
    const payment = await store.authorized()
    store.gateway.failNext("capture", lost)
    await expect(store.capture(payment, 60)).rejects.toThrow()
    expect(await settleAll(store, payment)).toEqual(["done"])
    expect((await store.order(payment)).state).toBe("paid")
    await store.capture(payment, 60)
    expect(store.gateway.moved(referenceOf(payment), "capture")).toEqual(["60.00"])
  })

  it("knows an order as canceled whose reservation was given back", async () => {
    const store = new FakeStore({ capture: "full", voids: true })
    const payment = await store.authorized()
    store.gateway.failNext("void", lost)
    await expect(store.cancel(payment)).rejects.toThrow()
    expect(await settleAll(store, payment)).toEqual(["done"])
    expect((await store.order(payment)).state).toBe("canceled")
    await store.cancel(payment)
    expect(store.gateway.moved(referenceOf(payment), "void")).toEqual(["100.00"])
  })
})
