import type {
  CreateAccountHolderInput,
  CreateAccountHolderOutput,
  DeleteAccountHolderInput,
  DeleteAccountHolderOutput,
  DeletePaymentMethodInput,
  DeletePaymentMethodOutput,
  ListPaymentMethodsInput,
  ListPaymentMethodsOutput,
} from "@medusajs/framework/types"
import { GatewayError } from "../../gateways/shared/errors"
import {
  gatewayRefused,
  invalidData,
  notAllowed,
  notReached,
  outcomeUnknown,
  gatewayErrorOf,
  errorInBrackets,
  notAvailable,
  setUpAdvice,
} from "./errors"
import { GatewayPaymentProvider } from "./provider"
import type { SavedMethod, SavedMethodCalls } from "./gateway"
import { isPlainObject } from "../../shared/validation"

/**
 * A provider whose gateway keeps payment methods for customers.
 *
 * Medusa's account holder is the customer itself: the gateway knows them by Medusa's id, which was sent with
 * the payment that saved a method. Methods are only saved by paying: to save one alone, its data would have
 * to pass through the shop.
 */
export abstract class SavedMethodsProvider extends GatewayPaymentProvider {
  /** Asks nobody: the gateway hears of a customer when the first method is saved. */
  async createAccountHolder({
    context,
  }: CreateAccountHolderInput): Promise<CreateAccountHolderOutput> {
    const { id } = context.customer
    return { id, data: { customer_id: id } }
  }

  /**
   * Whoever is no longer a customer leaves no saved method behind.
   *
   * @throws MedusaError not_allowed when the gateway still has one
   */
  async deleteAccountHolder({
    context,
  }: DeleteAccountHolderInput): Promise<DeleteAccountHolderOutput> {
    const customerId = customerOf(context.account_holder)
    if (customerId === undefined) {
      return {}
    }
    await this.#ask(customerId, async (calls) => {
      for (const { id } of await calls.list(customerId)) {
        await calls.remove(customerId, id)
      }
    })
    return {}
  }

  /**
   * The customer's saved methods; none for a customer without an account holder.
   *
   * @throws MedusaError not_allowed when the gateway does not tell
   */
  async listPaymentMethods({
    context,
  }: ListPaymentMethodsInput): Promise<ListPaymentMethodsOutput> {
    const customerId = customerOf(context?.account_holder)
    const methods = customerId === undefined ? [] : await this.#list(customerId)
    return methods.map(({ id, data }) => ({ id, data: { ...data } }))
  }

  /**
   * Removes one of the customer's own saved methods.
   *
   * @throws MedusaError invalid_data for one that is not the customer's; not_allowed when the gateway refuses
   */
  async deletePaymentMethod({
    context,
    data,
  }: DeletePaymentMethodInput): Promise<DeletePaymentMethodOutput> {
    const customerId = customerOf(context?.account_holder)
    const methods = customerId === undefined ? [] : await this.#list(customerId)
    if (customerId === undefined || !methods.some(({ id }) => id === data.id)) {
      throw invalidData(
        `${this.context.gateway.title}: the customer has no such saved payment method`
      )
    }
    await this.#ask(customerId, (calls) => calls.remove(customerId, data.id))
    return {}
  }

  async #list(customerId: string): Promise<SavedMethod[]> {
    return await this.#ask(customerId, (calls) => calls.list(customerId))
  }

  async #ask<Answer>(
    customerId: string,
    question: (calls: SavedMethodCalls) => Promise<Answer>
  ): Promise<Answer> {
    const { title, savedMethods } = this.context.gateway
    if (!savedMethods) {
      throw notAllowed(`${title} saves no payment methods`)
    }
    try {
      return await question(savedMethods)
    } catch (error) {
      if (error instanceof GatewayError) {
        const advice = setUpAdvice(this.context.gateway, error)
        if (advice) {
          this.context.log.error(
            `${title}: saved methods could not be asked for${errorInBrackets(error)}. ${advice}`
          )
          throw notAvailable(title, customerId)
        }
        const complain = complaints[error.outcome]
        throw complain(
          title,
          gatewayErrorOf(error),
          customerId,
          "Nothing was charged. Try again in a minute"
        )
      }
      throw error
    }
  }
}

const complaints = {
  declined: gatewayRefused,
  not_sent: notReached,
  unknown: outcomeUnknown,
} as const

/** Medusa hands over the account holder that `createAccountHolder` made, never one that a shopper wrote. */
function customerOf(accountHolder: unknown): string | undefined {
  const data = isPlainObject(accountHolder) ? accountHolder.data : undefined
  const id = isPlainObject(data) ? data.customer_id : undefined
  return typeof id === "string" && id !== "" ? id : undefined
}
