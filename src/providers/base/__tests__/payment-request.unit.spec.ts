import type { PaymentPurpose } from "../../../modules/payment-journal/repositories/payment-requests"
import { FakeStore, referenceOf, type NewSession } from "../../../testing/fake-store"

describe("what only the shop's own server can ask of a payment session", () => {
  it.each(["attach_reference", "invoice", "recurring"])(
    "is refused where %s stands in the session's data, and nothing is opened",
    async (word) => {
      const store = new FakeStore()
      const { session } = await store.authorized()
      const later = await store.createSession()
      const calls = store.gateway.calls.length
      const value = word === "attach_reference" ? referenceOf(session) : "repeated"
      await expect(store.createSession({ data: { [word]: value } })).rejects.toMatchObject({
        type: "not_allowed",
        message: expect.stringContaining(word),
      })
      await expect(
        store.updateSession(later, 70, { ...later.data, [word]: value })
      ).rejects.toMatchObject({ type: "not_allowed" })
      expect(store.gateway.calls).toHaveLength(calls)
      expect(await store.order(session)).toMatchObject({ attached_session_id: null })
    }
  )

  it("is not smuggled in by clearing the word, as core does with an old session's data", async () => {
    const store = new FakeStore()
    const session = await store.createSession({ data: { attach_reference: null, invoice: null } })
    expect(session.data.status).toBe("open")
  })

  it("opens a link, or a charge without the customer, for the session it was asked for", async () => {
    const store = new FakeStore()
    const link = await store.createSession(await requested(store, "link"))
    expect(store.gateway.order(referenceOf(link)).opened).toMatchObject({ invoice: true })
    expect(link.data).toMatchObject({ status: "open", payment_request: null })
    const charge = await store.createSession(await requested(store, "charge"))
    expect(store.gateway.order(referenceOf(charge)).opened).toMatchObject({ recurring: "repeated" })
  })

  it("is refused to a second session that names the same request, and to one that made it up", async () => {
    const store = new FakeStore()
    const input = await requested(store, "link")
    await store.createSession(input)
    const opened = store.gateway.calls.length
    for (const stolen of [
      input,
      { data: input.data },
      { data: { payment_request: "gwreq_none" } },
      { data: { payment_request: { id: "gwreq_1" } } },
    ]) {
      await expect(store.createSession(stolen)).rejects.toMatchObject({ type: "not_allowed" })
    }
    expect(store.gateway.calls).toHaveLength(opened)
  })
})

describe("money that came before and is attached to an order", () => {
  it("pays for the one session that was asked for, and for none once that was settled", async () => {
    const store = new FakeStore()
    const reference = await unmatchedMoney(store)
    const session = await store.createSession(await requested(store, "attach", reference))
    expect(session.data).toMatchObject({ reference, session_id: session.id })
    expect(await store.authorize(session)).toBeDefined()

    store.exceptions.delete(reference)
    const again = await requested(store, "attach", reference)
    await expect(store.createSession(again)).rejects.toMatchObject({
      type: "not_allowed",
      message: expect.stringContaining(`${reference} can't pay for this`),
    })
    expect(store.payments).toHaveLength(1)
  })

  it("pays for nothing where it has its order already", async () => {
    const store = new FakeStore()
    const { session } = await store.authorized()
    const input = await requested(store, "attach", referenceOf(session))
    await expect(store.createSession(input)).rejects.toMatchObject({ type: "not_allowed" })
    expect(store.payments).toHaveLength(1)
  })
})

/** A payment that came after its session was gone. */
async function unmatchedMoney(store: FakeStore): Promise<string> {
  const session = await store.createSession()
  const reference = referenceOf(session)
  await store.deleteSession(session)
  store.gateway.pay(reference)
  await store.journal.changeOrder(reference, { state: "paid" })
  store.exceptions.add(reference)
  return reference
}

async function requested(
  store: FakeStore,
  purpose: PaymentPurpose,
  reference: string | null = null
): Promise<NewSession> {
  const { payment_collection_id } = store.addSession()
  const { id } = await store.journal.requestPayment({
    order_id: "order_1",
    payment_collection_id,
    provider_id: FakeStore.providerId,
    purpose,
    reference,
  })
  return { payment_collection_id, data: { payment_request: id } }
}
