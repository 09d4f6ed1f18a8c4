import type { PaymentzClient } from "./client"
import { operationBody, savedCardsBody } from "./messages"
import { refusal } from "./errors"

/** A card that a customer saved; nothing of it can be paid with elsewhere. */
export type PaymentzSavedCard = {
  registrationId: string
  brand?: string
  lastFourDigits?: string
  expiryMonth?: string
  expiryYear?: string
}

/**
 * The cards of a customer. A card counts only where the answer says that it is this customer's: a brand that
 * does not look at the customer's number lists the cards of all of them.
 *
 * @throws GatewayError
 */
export async function listSavedCards(
  client: PaymentzClient,
  customerId: string
): Promise<PaymentzSavedCard[]> {
  const { body, meaning, gatewayError, httpStatus } = await client.call({
    operation: "listSavedCards",
    signed: { row: "member" },
    fields: { "customer.customerId": customerId },
    schema: savedCardsBody,
  })
  if (meaning === "not_found") {
    return []
  }
  if (!body.cards) {
    throw refusal("listSavedCards", gatewayError, httpStatus)
  }
  return body.cards.flatMap((card) => {
    const isOwn = (card.customerId ?? body.customerId) === customerId
    return isOwn && card.registrationId
      ? [
          {
            registrationId: card.registrationId,
            brand: card.paymentBrand ?? card.cardType,
            lastFourDigits: lastFour(card.last4Digits ?? card.lastFourDigits),
            expiryMonth: card.expiryMonth,
            expiryYear: card.expiryYear,
          },
        ]
      : []
  })
}

/** Whatever a brand writes there, no more than four digits of a card's number are passed on. */
function lastFour(digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : /\d{4}$/.exec(digits)?.[0]
}

/**
 * Makes the gateway forget a saved card.
 *
 * @throws GatewayError; `declined` only for a code that is listed as a final no
 */
export async function deleteSavedCard(
  client: PaymentzClient,
  registrationId: string
): Promise<void> {
  const { meaning, gatewayError, httpStatus } = await client.call({
    operation: "deleteSavedCard",
    id: registrationId,
    signed: { row: "savedCard", registrationId },
    fields: { paymentType: "DL" },
    schema: operationBody,
  })
  if (meaning !== "done") {
    throw refusal("deleteSavedCard", gatewayError, httpStatus)
  }
}
