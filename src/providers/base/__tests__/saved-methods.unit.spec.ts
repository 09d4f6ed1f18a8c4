import type { AccountHolderDTO } from "@medusajs/framework/types"
import {
  GatewayDeclinedError,
  GatewayNotSentError,
  GatewayUnknownError,
} from "../../../gateways/shared/errors"
import { MemoryJournal } from "../../../testing/memory-journal"
import type { SavedMethod, SavedMethodCalls } from "../gateway"
import type { ProviderCradle } from "../medusa-rows"
import { SavedMethodsProvider } from "../saved-methods"
import { FakeGateway } from "../../../testing/fake-gateway"
import { fakeDefinition, fakeOptions, recordingLogger } from "../../../testing/fake-provider"
import { person } from "../../../testing/medusa-rows"

/** Two customers with saved cards, and a ledger that removes whatever it is told. */
class SavingGateway extends FakeGateway {
  readonly cards = new Map([
    ["cus_1", ["CARD1", "CARD2"]],
    ["cus_2", ["CARD3"]],
  ])
  failure: Error | undefined

  readonly savedMethods: SavedMethodCalls = {
    list: async (customerId) => this.#list(customerId),
    remove: async (customerId, id) => {
      const left = this.#list(customerId).flatMap((card) => (card.id === id ? [] : card.id))
      this.cards.set(customerId, left)
    },
  }

  #list(customerId: string): SavedMethod[] {
    if (this.failure) {
      throw this.failure
    }
    return (this.cards.get(customerId) ?? []).map((id) => ({ id, data: { brand: "VISA" } }))
  }
}

class SavingProvider extends SavedMethodsProvider {
  static override identifier = "fake"

  constructor(gateway: FakeGateway) {
    super(cradle, fakeDefinition(gateway), { ...fakeOptions }, new MemoryJournal())
  }
}

const none = { list: async () => [] }
const cradle: ProviderCradle = {
  logger: recordingLogger(() => undefined),
  get __pg_connection__(): never {
    throw new Error("Nothing may ask for a database")
  },
  paymentSessionService: none,
  paymentService: none,
  captureService: none,
  refundService: none,
  payment_providers: [],
}

let gateway: SavingGateway
let provider: SavingProvider

beforeEach(() => {
  gateway = new SavingGateway()
  provider = new SavingProvider(gateway)
})

/** As Medusa keeps what `createAccountHolder` returned. */
function holder(data: Record<string, unknown>): AccountHolderDTO {
  const at = new Date(0)
  return {
    id: "acchld_1",
    provider_id: "pp_fake_fake",
    external_id: "cus_1",
    email: null,
    data,
    created_at: at,
    updated_at: at,
  }
}

const contextOf = (customerId: string) => ({ account_holder: holder({ customer_id: customerId }) })
const list = (context: object) => provider.listPaymentMethods({ context })
const remove = (customerId: string, id: string) =>
  provider.deletePaymentMethod({ context: contextOf(customerId), data: { id } })

describe("an account holder", () => {
  it("is the customer himself, and the gateway is not asked for one", async () => {
    gateway.failure = new Error("nobody may ask")
    const context = { customer: person({ id: "cus_1" }) }
    expect(await provider.createAccountHolder({ context })).toEqual({
      id: "cus_1",
      data: { customer_id: "cus_1" },
    })
  })

  it("leaves no saved method behind when he goes, and nobody else's is touched", async () => {
    await provider.deleteAccountHolder({ context: contextOf("cus_1") })
    expect([...gateway.cards]).toEqual([
      ["cus_1", []],
      ["cus_2", ["CARD3"]],
    ])
  })

  it("stays while the gateway does not let go of his methods", async () => {
    gateway.failure = new GatewayDeclinedError({ gateway: "x", operation: "y", code: "E1" })
    const gone = provider.deleteAccountHolder({ context: contextOf("cus_1") })
    await expect(gone).rejects.toMatchObject({ type: "not_allowed" })
  })

  it("that this provider did not make has no saved methods to leave behind", async () => {
    await provider.deleteAccountHolder({ context: { account_holder: holder({}) } })
    expect(gateway.cards.get("cus_1")).toEqual(["CARD1", "CARD2"])
  })
})

describe("the saved methods", () => {
  it.each([
    ["without an account holder", {}],
    ["of an account holder without a customer", { account_holder: holder({}) }],
    ["of one whose customer is no text", { account_holder: holder({ customer_id: ["cus_1"] }) }],
    ["of an empty customer", { account_holder: holder({ customer_id: "" }) }],
  ])("are none %s", async (_what, context) => {
    expect(await list(context)).toEqual([])
  })

  it("are the customer's own", async () => {
    expect(await list(contextOf("cus_1"))).toEqual([
      { id: "CARD1", data: { brand: "VISA" } },
      { id: "CARD2", data: { brand: "VISA" } },
    ])
  })

  const name = { gateway: "Fake Pay", operation: "list" }
  it.each([
    ["a refusal", new GatewayDeclinedError({ ...name, code: "E1" }), /^Fake Pay refused/],
    [
      "a lost answer",
      new GatewayUnknownError({ ...name, reason: "reset" }),
      /^Fake Pay has not confirmed it/,
    ],
    [
      "no connection",
      new GatewayNotSentError({ ...name, reason: "refused" }),
      /^Fake Pay could not be reached/,
    ],
    [
      "credentials that are not accepted",
      new GatewayDeclinedError({ ...name, reason: "unauthorized" }),
      /^Fake Pay is not available now\. Nothing was charged\. Choose another way to pay/,
    ],
  ])("are not known after %s, and the sentence says so", async (_what, failure, sentence) => {
    gateway.failure = failure
    await expect(list(contextOf("cus_1"))).rejects.toMatchObject({
      type: "not_allowed",
      message: expect.stringMatching(sentence),
    })
  })

  it("can't be listed where a gateway saves none, which is a fault of its definition", async () => {
    provider = new SavingProvider(new FakeGateway())
    await expect(list(contextOf("cus_1"))).rejects.toMatchObject({ type: "not_allowed" })
  })
})

describe("removing a saved method", () => {
  it.each([
    ["another customer's", "CARD3"],
    ["nobody's", "CARD9"],
  ])("is refused for %s, and nothing is removed", async (_whose, id) => {
    await expect(remove("cus_1", id)).rejects.toMatchObject({ type: "invalid_data" })
    expect([...gateway.cards.values()].flat()).toEqual(["CARD1", "CARD2", "CARD3"])
  })

  it("removes that one", async () => {
    await remove("cus_1", "CARD1")
    expect(gateway.cards.get("cus_1")).toEqual(["CARD2"])
  })
})
