import type { PaymentJournal } from "../../modules/payment-journal/journal"
import type { ProviderCradle } from "../base/medusa-rows"
import { checkSetUp } from "../check-set-up"
import { requireOwnRoute } from "../require-own-route"
import { SavedMethodsProvider } from "../base/saved-methods"
import { paymentz } from "./gateway"

/** Cards, bank and wallet payments through a brand of the Paymentz platform. */
export class PaymentzPaymentProvider extends SavedMethodsProvider {
  static override identifier = paymentz.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    checkSetUp(paymentz, options)
    requireOwnRoute(paymentz, options)
  }

  constructor(cradle: ProviderCradle, options: Record<string, unknown>, journal?: PaymentJournal) {
    super(cradle, paymentz, options, journal)
  }
}
