import type { PaymentzClient } from "../../gateways/paymentz/client"
import {
  deleteSavedCard,
  listSavedCards,
  type PaymentzSavedCard,
} from "../../gateways/paymentz/saved-cards"
import { GatewayError } from "../../gateways/shared/errors"
import type { SavedMethod, SavedMethodCalls } from "../base/gateway"

export function savedMethodCalls(client: PaymentzClient): SavedMethodCalls {
  return {
    list: async (customerId) => (await listSavedCards(client, customerId)).map(savedMethod),
    remove: (customerId, id) => remove(client, customerId, id),
  }
}

/** Removing twice does no harm, and a card that is no longer listed is gone whatever the answer was. */
async function remove(client: PaymentzClient, customerId: string, id: string): Promise<void> {
  try {
    await deleteSavedCard(client, id)
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    const left = await listSavedCards(client, customerId)
    if (left.some((card) => card.registrationId === id)) {
      throw error
    }
  }
}

function savedMethod(card: PaymentzSavedCard): SavedMethod {
  const { brand, lastFourDigits, expiryMonth, expiryYear } = card
  return {
    id: card.registrationId,
    data: {
      ...(brand ? { brand } : {}),
      ...(lastFourDigits ? { last_four_digits: lastFourDigits } : {}),
      ...(expiryMonth && expiryYear ? { expires: `${expiryYear}-${expiryMonth}` } : {}),
    },
  }
}
