import { KessServer } from "../../../gateways/kess/__tests__/fake-kess"
import { started } from "../../../gateways/shared/__tests__/fake-gateway"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { KnownOrder, PaymentGateway } from "../../base/gateway"
import { parseOptions } from "../../base/options"
import { buildKessGateway, kess } from "../gateway"

export const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
export const refundReference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R1"
export const qrCode = "weixin://wxpay/bizpayurl?pr=6E4ptwz"
export const authCode = "134567890123456789"

export const order: KnownOrder = {
  reference,
  amount: "100.00",
  currency: "usd",
  gatewayData: {},
  candidateIds: [],
}
export const toOpen = { reference, amount: "100.00", currency: "usd", payer: {} }

/** A server on this machine, and what every call to it was told to the log as. */
export class KessUnderTest {
  readonly records: GatewayCallRecord[] = []

  private constructor(readonly server: KessServer) {}

  static async start(): Promise<KessUnderTest> {
    return new KessUnderTest(await started(new KessServer()))
  }

  gateway(change: Record<string, unknown> = {}): PaymentGateway {
    const options = parseOptions(kess, {
      baseUrl: this.server.url,
      username: "shop",
      password: "a-password",
      storeId: "109038",
      serviceId: 30,
      mode: "native",
      currency: "usd",
      ...change,
    })
    const onCall = (record: GatewayCallRecord) => void this.records.push(record)
    return buildKessGateway(options, { now: () => new Date("2030-01-01T00:00:00Z"), onCall })
  }

  /** The JSON of the first call, apart from those for a token. */
  get sent(): unknown {
    return JSON.parse(this.server.calls[0]?.body ?? "null")
  }
}
