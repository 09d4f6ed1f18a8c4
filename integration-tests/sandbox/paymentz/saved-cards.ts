import type { Customer } from "./payment"
import { Refusal } from "./refusal"

/** Plain JSON. */
export interface SavedCard {
  readonly registrationId: string
  readonly customer: Customer
  readonly cardType: string
  readonly bin: string
  readonly last4Digits: string
  readonly expiryMonth: string
  readonly expiryYear: string
}

/** The card that every shopper of this stand-in pays with. */
export const SHOPPERS_CARD = {
  cardType: "VISA",
  bin: "411111",
  last4Digits: "1111",
  expiryMonth: "12",
  expiryYear: "2030",
} as const

export interface SavedCardsOptions {
  readonly randomId: () => string
  readonly known?: readonly SavedCard[]
  readonly onChange?: () => void
}

export class SavedCards {
  readonly #cards: Map<string, SavedCard>

  constructor(private readonly options: SavedCardsOptions) {
    this.#cards = new Map(options.known?.map((card) => [card.registrationId, card]))
  }

  all(): readonly SavedCard[] {
    return [...this.#cards.values()]
  }

  /** @throws {Refusal} */
  require(registrationId: string): SavedCard {
    const card = this.#cards.get(registrationId)
    if (card === undefined) throw new Refusal("RECORD_NOT_FOUND", "registrationId")
    return card
  }

  save(customer: Customer): SavedCard {
    const registrationId = this.options.randomId().replaceAll("-", "")
    const card: SavedCard = { registrationId, customer, ...SHOPPERS_CARD }
    this.#cards.set(registrationId, card)
    this.options.onChange?.()
    return card
  }

  /** @throws {Refusal} */
  remove(registrationId: string): void {
    this.require(registrationId)
    this.#cards.delete(registrationId)
    this.options.onChange?.()
  }
}
