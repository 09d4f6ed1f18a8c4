import { MedusaService } from "@medusajs/framework/utils"
import { GatewayAuditLine } from "./models/audit-line"
import { GatewayCursor } from "./models/gateway-cursor"
import { GatewayOperation } from "./models/gateway-operation"
import { GatewayOrder } from "./models/gateway-order"
import { GatewayProviderHealth } from "./models/provider-health"
import { OrderPaymentRequest } from "./models/order-payment-request"
import { ReceivedMoney } from "./models/received-money"
import { ReconciliationRun } from "./models/reconciliation-run"
import { PaymentException } from "./models/payment-exception"
import { TillSale } from "./models/till-sale"
import { WebhookEvent } from "./models/webhook-event"

/**
 * The journal as Medusa's other parts read it (query graph, admin routes, jobs): amounts are numbers beside
 * their exact `raw_` values, and the plural of ReceivedMoney is ReceivedMonies.
 *
 * For reading only. Whoever moves money writes through `PaymentJournal`, which knows the rules; a row that
 * is changed or deleted here is changed behind their back.
 */
export class PaymentJournalService extends MedusaService({
  GatewayOrder,
  GatewayOperation,
  ReceivedMoney,
  WebhookEvent,
  PaymentException,
  GatewayAuditLine,
  ReconciliationRun,
  GatewayCursor,
  GatewayProviderHealth,
  OrderPaymentRequest,
  TillSale,
}) {}
