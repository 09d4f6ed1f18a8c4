import { faultMatrix, type FaultExtent } from "../http/gateways/fault-matrix.suite"
import { describeGatewayShop } from "../http/support/gateway-shop"
import { gatewaysOfCalls } from "../http/support/money-calls"
import { forgedWebhooks, startListening } from "./forged-webhooks.suite"

jest.setTimeout(900_000)

/** FAULT_MATRIX=sampled is a shorter run. */
const extent: FaultExtent = process.env.FAULT_MATRIX === "sampled" ? "sampled" : "all"

describeGatewayShop(
  "a shop with every gateway:",
  gatewaysOfCalls,
  (shop) => {
    forgedWebhooks(shop)
    faultMatrix(shop, extent)
  },
  startListening
)
