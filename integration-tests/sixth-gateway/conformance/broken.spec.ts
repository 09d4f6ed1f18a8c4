import { paymentProvider, type PaymentGateway } from "medusa-regional-payments/extend"
import {
  conformance,
  type GatewayData,
  type PayoutData,
  payoutConformance,
} from "medusa-regional-payments/testing"
import { acme as gateway } from "../src/gateway"
import { AcmePayoutProvider } from "../src/payouts"
import { acme } from "./acme.data"
import { acmePayouts } from "./acme-payouts.data"
import { Scenarios } from "./support/scenarios"

type Broken = {
  what: string
  /** How the scenario's name begins that has to notice. */
  noticedBy: string
  breakIt: (right: PaymentGateway) => Partial<PaymentGateway>
}

const broken: readonly Broken[] = [
  {
    what: "believes a message whoever signed it",
    noticedBy: "forged, with another secret",
    breakIt: () => ({
      parseWebhook: ({ rawBody }) => {
        const { reference, status } = JSON.parse(rawBody.toString("utf8"))
        return { type: "event", reference, rawStatus: status, eventKey: `${reference}|${status}` }
      },
    }),
  },
  {
    what: "takes what was ordered for what was paid",
    noticedBy: "paid with $what is never authorized",
    breakIt: (right) => ({
      queryOrder: async (order) => ({ ...(await right.queryOrder(order)), money: "as_ordered" }),
    }),
  },
  {
    what: "takes a word that it does not know for a payment",
    noticedBy: "the undocumented word %j is pending",
    breakIt: (right) => ({
      queryOrder: async (order) => {
        const report = await right.queryOrder(order)
        const isKnown = ["OPEN", "FAILED", "EXPIRED"].includes(report.rawStatus ?? "")
        return isKnown ? report : { ...report, state: "paid", money: "as_ordered" }
      },
    }),
  },
  {
    what: "takes an answer that was lost for a refund that was not made",
    noticedBy: "$what is made once in the end",
    breakIt: (right) => ({
      refund: {
        send: async (operation) =>
          await refundOf(right)
            .send(operation)
            .catch(() => ({ outcome: "declined" })),
        ask: async () => ({ outcome: "may_repeat" }),
      },
    }),
  },
  {
    what: "takes a question that nobody answered for an order that is open",
    noticedBy: "while the gateway can't be asked throws",
    breakIt: (right) => ({
      queryOrder: async (order) =>
        await right
          .queryOrder(order)
          .catch(() => ({ state: "pending", rawStatus: null, money: [] })),
    }),
  },
]

function refundOf({ refund }: PaymentGateway) {
  if (!refund) {
    throw new Error("Acme has refunds")
  }
  return refund
}

function scenariosOf(data: GatewayData): Scenarios {
  return new Scenarios(() => conformance(data))
}

describe("the suite", () => {
  it.each(broken)("sees a gateway that $what", async ({ noticedBy, breakIt }) => {
    expect(await scenariosOf(acme).failureOf(noticedBy)).toBeUndefined()

    class Provider extends paymentProvider({
      ...gateway,
      build: (options, tools) => {
        const right = gateway.build(options, tools)
        return { ...right, ...breakIt(right) }
      },
    }) {}
    const failure = await scenariosOf({ ...acme, Provider }).failureOf(noticedBy)
    expect(failure).toBeInstanceOf(Error)
  })

  it("sees capabilities that are not those which the gateway declares", async () => {
    const beginning = "declared are the ones"
    const told: GatewayData = { ...acme, capabilities: { ...acme.capabilities, voids: true } }
    expect(await scenariosOf(acme).failureOf(beginning)).toBeUndefined()
    expect(await scenariosOf(told).failureOf(beginning)).toBeInstanceOf(Error)
  })
})

describe("the suite of payouts", () => {
  class Careless extends AcmePayoutProvider {
    protected override async send(order: Parameters<AcmePayoutProvider["initiateTransfer"]>[0]) {
      return await super.send(order).catch(() => ({ outcome: "failed" as const }))
    }

    protected override async ask(order: Parameters<AcmePayoutProvider["retrieveTransfer"]>[0]) {
      return await super.ask(order).catch(() => ({ outcome: "not_found" as const }))
    }
  }

  it.each([
    { what: "an answer that was lost for a no", noticedBy: "$what is unknown, and asking" },
    { what: "a question that failed for an answer", noticedBy: "$what tells nothing, and the" },
    { what: "a refused login for a refused transfer", noticedBy: "with credentials that are not" },
  ])("sees a provider that takes $what", async ({ noticedBy }) => {
    const scenarios = (data: PayoutData) => new Scenarios(() => payoutConformance(data))
    expect(await scenarios(acmePayouts).failureOf(noticedBy)).toBeUndefined()
    const failure = await scenarios({ ...acmePayouts, Provider: Careless }).failureOf(noticedBy)
    expect(failure).toBeInstanceOf(Error)
  })
})
