import { changedSignatures, cutShort, signedAs, strangeBodies } from "../support/forged-requests"
import type { ReceivedRequest } from "../support/http-listener"
import { actsOn, type PaymentModule } from "../support/payment-module"
import { referenceOf, type Store } from "../support/store"
import type { Suite } from "../support/suite"

/** Webhooks that a gateway really sends. */
export function webhook({ gateway, name, openWithSession, openWithPaid }: Suite): void {
  const { capabilities, wire } = gateway
  if (capabilities.webhooks === "none") {
    return
  }
  const paidAction = capabilities.capture === "automatic" ? "captured" : "authorized"

  describe(`${name}: webhook`, () => {
    it.each(wire.webhookEncodings)(
      "of a payment, as %s, completes its session",
      async (encoding) => {
        const { store, session } = await openWithSession("111.9888")
        store.sandbox.setWebhooks({ encoding })
        store.sandbox.pay(referenceOf(session))
        const result = await store.medusa.receive(await store.lastWebhook())
        expect(result.action).toBe(paidAction)
        expect(result.data?.session_id).toBe(session.id)
        expect(String(result.data?.amount)).toBe("111.9888")
        expect(store.medusa.paymentOf(session)).toBeDefined()
      }
    )

    it.each([
      undefined,
      "application/octet-stream",
      "text/html",
      "APPLICATION/JSON ; Charset=ISO-8859-1 ; version=2",
      "application/x-www-form-urlencoded;charset=windows-1252",
      "x",
    ])("is taken whatever its headers call it: %s", async (contentType) => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      const received = await store.lastWebhook()
      const { "content-type": _, ...headers } = received.headers
      const result = await store.medusa.receive({
        ...received,
        headers: contentType === undefined ? headers : { ...headers, "content-type": contentType },
      })
      expect(result.action).toBe(paidAction)
    })

    it("is proven where the gateway signs, and a hint where it does not", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      const { decision } = await store.medusa.receive(await store.lastWebhook())
      expect(decision).toMatchObject({
        type: "accepted",
        proof: capabilities.webhooks === "signed" ? "proven" : "hint",
        event: { reference: referenceOf(session) },
      })
    })

    it("handed to Medusa's payment module past the plugin's route does nothing", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      const asked = store.sandbox.calls("query")
      const { action } = await store.medusa.provider.getWebhookActionAndData()
      expect(actsOn(action)).toBe(false)
      expect(store.sandbox.calls("query")).toBe(asked)
    })

    it("of a decline completes nothing", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.fail(referenceOf(session))
      const { action } = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(action)).toBe(false)
      expect(store.medusa.paymentOf(session)).toBeUndefined()
    })

    if (wire.paidAfterFailed) {
      it("of a payment after a decline completes the session", async () => {
        const { store, session } = await openWithSession()
        store.sandbox.fail(referenceOf(session))
        await store.medusa.receive(await store.lastWebhook())
        store.sandbox.pay(referenceOf(session))
        await store.medusa.receive(await store.lastWebhook())
        expect(store.medusa.paymentOf(session)).toBeDefined()
      })
    }

    it("replayed, three times at once and once more later, is one payment", async () => {
      const { store, session } = await openWithSession("100")
      const reference = referenceOf(session)
      store.sandbox.setWebhooks({ copies: 3 })
      store.sandbox.pay(reference)
      await store.sandbox.webhooksSettled()
      const copies = store.webhooks.received
      expect(copies).toHaveLength(3)
      for (const copy of [...copies, ...copies.slice(-1)]) {
        await store.medusa.receive(copy)
      }
      expect([...store.rows.payments.values()]).toHaveLength(1)
      expect(store.sandbox.moves("payment", reference)).toEqual([store.money("100")])
      expect(store.sandbox.moves("capture", reference)).toEqual([])
      expect((await store.journal.moneyOfOrder(reference)).length).toBeLessThanOrEqual(1)
    })

    if (capabilities.refund !== "none") {
      it("of a payment, replayed after its refund, completes and undoes nothing", async () => {
        const { store, payment } = await openWithPaid()
        const received = await store.lastWebhook()
        await store.medusa.refund(payment)
        const { action } = await store.medusa.receive(received)
        expect(actsOn(action)).toBe(false)
        expect((await store.journal.findOrder(referenceOf(payment)))?.state).toBe("refunded")
      })
    }

    it("for a session that is gone completes nothing, and the money is not lost sight of", async () => {
      const { store, session } = await openWithSession("100")
      const reference = referenceOf(session)
      await store.medusa.deleteSession(session)
      store.sandbox.pay(reference)
      const result = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(result.action)).toBe(false)
      expect(result.data).toBeUndefined()
      expect(store.warnings.join("\n")).toContain(reference)
      expect((await store.journal.findOrder(reference))?.state).toBe(store.paidState)
    })

    it("of an older order, for another amount than the session now wants, completes nothing", async () => {
      const { store, session } = await openWithSession("100")
      const old = referenceOf(session)
      await store.medusa.updateSession(session, "70", store.payer)
      store.sandbox.pay(old)
      const { action } = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(action)).toBe(false)
      expect(store.medusa.paymentOf(session)).toBeUndefined()
      expect(store.warnings.join("\n")).toContain(old)
    })

    it("while the gateway can't be asked throws, so that Medusa tries again", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      const received = await store.lastWebhook()
      store.sandbox.fault("query", { kind: "http-error", times: "forever" })
      await expect(store.medusa.receive(received)).rejects.toThrow()
      store.sandbox.clearFaults()
      await store.medusa.receive(received)
      expect(store.medusa.paymentOf(session)).toBeDefined()
    })
  })
}

/** What a webhook names is asked about and never believed; what nobody signed makes nobody ask for nothing. */
export function webhookHints({
  gateway,
  name,
  openStore,
  openWithSession,
  openWithPaid,
}: Suite): void {
  const { capabilities, wire } = gateway
  if (capabilities.webhooks === "none") {
    return
  }

  describe(`${name}: webhook`, () => {
    it("that names another order's payment for this one pays nothing by it", async () => {
      const store = await openStore()
      const mine = await store.checkout("100")
      const theirs = await store.checkout("100")
      store.sandbox.pay(referenceOf(theirs))
      const proper = await store.lastWebhook()
      const { amount } = store.money("100")
      store.sandbox.claimPaid(referenceOf(mine), amount, referenceOf(theirs))
      const { action } = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(action)).toBe(false)
      expect(store.medusa.paymentOf(mine)).toBeUndefined()
      expect(await store.journal.moneyOfOrder(referenceOf(mine))).toEqual([])
      expect((await store.medusa.authorize(mine)).status).toBe("pending")

      await store.medusa.receive(proper)
      expect(store.medusa.paymentOf(theirs)).toBeDefined()
    })

    it("that named a payment in vain does not keep the true one from being found", async () => {
      const { store, session } = await openWithSession("100")
      for (let times = 0; times < 30; times += 1) {
        store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
      }
      await store.sandbox.webhooksSettled()
      for (const webhook of store.webhooks.received) {
        expect(actsOn((await store.medusa.receive(webhook)).action)).toBe(false)
      }
      store.sandbox.pay(referenceOf(session))
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    if (wire.webhookEncodings.includes("form")) {
      it("of a payment that was not made completes nothing, cut off anywhere", async () => {
        const { store, session } = await openWithSession("100")
        const [encoding] = wire.webhookEncodings.filter((each) => each === "form")
        store.sandbox.setWebhooks({ encoding })
        store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
        const received = await store.lastWebhook()
        for (let length = 0; length <= received.body.length; length += 7) {
          const body = received.body.subarray(0, length)
          const { action } = await store.medusa.receive({ ...received, body })
          expect(actsOn(action)).toBe(false)
        }
        expect(store.medusa.paymentOf(session)).toBeUndefined()
      })
    }

    if (capabilities.webhooks === "unsigned") {
      it("that nobody signed asks the gateway about what is open, else about the number it names alone", async () => {
        const { store, payment } = await openWithPaid("100")
        const asked = store.sandbox.calls("query")
        store.sandbox.claimPaid("01HZZZZZZZZZZZZZZZZZZZZZZZ0", store.money("100").amount)
        store.sandbox.claimPaid(referenceOf(payment), store.money("100").amount)
        await store.sandbox.webhooksSettled()
        for (const webhook of store.webhooks.received) {
          await store.medusa.receive(webhook)
        }
        // Another payment under one reference has to be found; see `queryPayment`.
        expect(store.sandbox.calls("query")).toBeLessThanOrEqual(asked + 1)
        expect([...store.rows.payments.values()]).toHaveLength(1)
      })

      it("that nobody signed, sent before the true one, does not take its place", async () => {
        const { store, session } = await openWithSession("100")
        store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
        await store.medusa.receive(await store.lastWebhook())
        store.sandbox.pay(referenceOf(session))
        await store.medusa.receive(await store.lastWebhook())
        expect(store.medusa.paymentOf(session)).toBeDefined()
      })
    }
  })
}

/** Webhooks that a gateway did not send, or that claim what is not so. None may complete a cart. */
export function webhookForgery({ gateway, name, openStore, openWithSession }: Suite): void {
  const { capabilities, wire } = gateway
  if (capabilities.webhooks === "none") {
    return
  }

  describe(`${name}: webhook`, () => {
    it("that claims a payment which was not made completes nothing", async () => {
      const { store, session } = await openWithSession("100")
      store.sandbox.claimPaid(referenceOf(session), store.money("100").amount)
      expect(await completes(store.medusa, await store.lastWebhook())).toBe(false)
      expect(store.medusa.paymentOf(session)).toBeUndefined()
    })

    it("with a changed amount never changes what is charged, and says so", async () => {
      const { store, session } = await openWithSession("100")
      store.sandbox.setWebhooks({ amount: 1 })
      store.sandbox.pay(referenceOf(session))
      const { data } = await store.medusa.receive(await store.lastWebhook())
      expect(["100", undefined]).toContain(data && String(data.amount))
      expect(store.warnings.join("\n")).toContain(referenceOf(session))
    })

    it("for somebody else's session completes nothing and asks the gateway nothing", async () => {
      const { store, session } = await openWithSession("100")
      store.sandbox.pay(referenceOf(session))
      const received = await store.lastWebhook()
      expect(await completes(store.other, received)).toBe(false)
      expect(store.sandbox.calls("query")).toBe(0)
      expect(await completes(store.medusa, received)).toBe(true)
    })

    it("for a session of a provider that is none of this plugin's completes nothing", async () => {
      const store = await openStore()
      const foreign = store.rows.addSession({
        providerId: "pp_system_default",
        amount: "100",
        currency: store.currency,
        data: {},
      })
      const reference = `${foreign.id.replace("payses_", "")}0`
      store.sandbox.claimPaid(reference, store.money("100").amount)
      expect(await completes(store.medusa, await store.lastWebhook())).toBe(false)
      expect(foreign.status).toBe("pending")
    })

    it.each([
      { what: "an order of nobody's", reference: "01HZZZZZZZZZZZZZZZZZZZZZZZ0" },
      { what: "nothing", reference: "" },
      { what: "a word of JavaScript's", reference: "constructor" },
      { what: "5000 digits", reference: "9".repeat(5_000) },
    ])("for $what completes nothing and does not throw", async ({ reference }) => {
      const store = await openStore()
      await store.checkout()
      store.sandbox.claimPaid(reference, store.money("100").amount)
      expect(await completes(store.medusa, await store.lastWebhook())).toBe(false)
    })

    if (wire.webhookEncodings.includes("json")) {
      it("truncated anywhere completes nothing", async () => {
        const { store, received } = await paidWithWebhook()
        for (const truncated of cutShort(received, 7)) {
          expect(await completes(store.medusa, truncated)).toBe(false)
        }
        expect(await completes(store.medusa, received)).toBe(true)
      })
    }

    it.each(strangeBodies)("with $what completes nothing and does not throw", async ({ body }) => {
      const { store, received } = await paidWithWebhook()
      expect(await completes(store.medusa, { ...received, body })).toBe(false)
    })

    it("by a method that the gateway does not use is refused", async () => {
      const { store, received } = await paidWithWebhook()
      const others = capabilities.webhooks === "signed" ? ["GET", "PUT", "HEAD"] : ["PUT", "HEAD"]
      for (const method of others) {
        const { action, decision } = await store.medusa.receive({ ...received, method })
        expect(actsOn(action)).toBe(false)
        expect(decision).toMatchObject({ type: "refused", status: 404 })
      }
    })

    if (capabilities.webhooks === "signed") {
      it("forged, with another secret, completes nothing and asks the gateway nothing", async () => {
        const { store, session } = await openWithSession()
        store.sandbox.setWebhooks({ forged: true })
        store.sandbox.pay(referenceOf(session))
        const { action, decision } = await store.medusa.receive(await store.lastWebhook())
        expect(actsOn(action)).toBe(false)
        expect(decision).toMatchObject({ type: "refused", status: 401 })
        expect(store.sandbox.calls("query")).toBe(0)
      })

      it.each(changedSignatures)(
        "with its signature $what completes nothing",
        async ({ change }) => {
          const { store, received } = await paidWithWebhook()
          const forged = gateway.changeSignature(received, change)
          expect(forged).not.toEqual(received)
          expect(await completes(store.medusa, forged)).toBe(false)
          expect(await completes(store.medusa, received)).toBe(true)
        }
      )

      it("with the signature of another webhook completes nothing", async () => {
        const { store, received } = await paidWithWebhook()
        const session = await store.checkout("70")
        store.sandbox.pay(referenceOf(session))
        const forged = signedAs(received, await store.lastWebhook(), gateway)
        expect(await completes(store.medusa, forged)).toBe(false)
      })

      it("signed with the secret before it was changed is taken while both are set", async () => {
        const { store, session } = await openWithSession("100", { signsWith: "previous" })
        store.sandbox.pay(referenceOf(session))
        expect(await completes(store.medusa, await store.lastWebhook())).toBe(true)
      })
    }

    if (wire.signsAmount) {
      it("with an amount changed on the way is forged", async () => {
        const { store, session } = await openWithSession("100")
        store.sandbox.pay(referenceOf(session))
        const received = await store.lastWebhook()
        const body = Buffer.from(received.body.toString("utf8").replaceAll("100", "200"))
        expect(body).not.toEqual(received.body)
        expect(await completes(store.medusa, { ...received, body })).toBe(false)
      })
    }
  })

  async function paidWithWebhook(): Promise<{ store: Store; received: ReceivedRequest }> {
    const { store, session } = await openWithSession("100")
    const [encoding] = wire.webhookEncodings
    store.sandbox.setWebhooks({ encoding })
    store.sandbox.pay(referenceOf(session))
    return { store, received: await store.lastWebhook() }
  }
}

/** Whether Medusa would complete a cart. */
async function completes(medusa: PaymentModule, request: ReceivedRequest): Promise<boolean> {
  const { action, data } = await medusa.receive(request)
  return actsOn(action) && data !== undefined
}
