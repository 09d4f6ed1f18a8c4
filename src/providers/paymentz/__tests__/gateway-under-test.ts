import { PaymentzServer } from "../../../gateways/paymentz/__tests__/fake-paymentz"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { KnownOrder, OrderToOpen, PaymentGateway } from "../../base/gateway"
import { parseOptions } from "../../base/options"
import { buildPaymentzGateway, paymentz } from "../gateway"

export const rightOptions = {
  baseUrl: "http://127.0.0.1:1",
  memberId: "11344",
  secureKey: "test_key",
  partnerId: "39",
  username: "shop",
  totype: "Partner",
  returnUrl: "https://m.example/r",
  notificationUrl: "https://m.example/n",
}

/** Nobody answers at the address of a gateway that is not given one. */
export function gatewayUnderTest(
  change: Record<string, unknown> = {},
  onCall: (record: GatewayCallRecord) => void = () => undefined
): PaymentGateway {
  const options = parseOptions(paymentz, { ...rightOptions, ...change })
  return buildPaymentzGateway(options, { now: () => new Date("2030-01-31T12:00:00Z"), onCall })
}

export const toOpen: OrderToOpen = {
  reference: "ORD1001",
  amount: "50.00",
  currency: "usd",
  payer: {},
}

/** As `createOrder` leaves it behind. */
export function knownOrder(change: Partial<KnownOrder> = {}): KnownOrder {
  return {
    reference: "ORD1001",
    amount: "50.00",
    currency: "usd",
    gatewayId: "54289",
    gatewayData: { payment_type: "DB", opened_on: "2030-01-31" },
    candidateIds: [],
    ...change,
  }
}

/** One per file; it is emptied before each test. */
export function startedServer(): PaymentzServer {
  const server = new PaymentzServer()
  beforeAll(() => server.start())
  beforeEach(() => {
    server.requests.length = 0
    server.answers = []
    server.answerFor = () => undefined
  })
  afterAll(() => server.stop())
  return server
}
