import type { ProviderClass } from "../gateway-data"

/** A provider whose storefront writes the same requests into every session, such as the bank that the shopper chose. */
export function withChoice(
  Provider: ProviderClass,
  choice: Readonly<Record<string, string>>
): ProviderClass {
  return class extends Provider {
    override async initiatePayment(...[input]: Parameters<InitiatePayment>) {
      return await super.initiatePayment({ ...input, data: { ...input.data, ...choice } })
    }

    override async updatePayment(...[input]: Parameters<UpdatePayment>) {
      return await super.updatePayment({ ...input, data: { ...input.data, ...choice } })
    }
  }
}

type InitiatePayment = InstanceType<ProviderClass>["initiatePayment"]
type UpdatePayment = InstanceType<ProviderClass>["updatePayment"]
