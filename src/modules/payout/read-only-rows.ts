import { notAllowed } from "../../shared/medusa-error"

const writer = /^(?:create|update|upsert|delete|softDelete|restore)Payout/

type ServiceClass = { prototype: object }

/**
 * Takes away what Medusa gives every model's service to write rows with: a row that is written by it knows no
 * approval, no limit and no event. Reading stays as it is.
 */
export function readOnlyRows<Service extends ServiceClass>(service: Service): Service {
  for (const name of Object.getOwnPropertyNames(service.prototype)) {
    if (writer.test(name)) {
      Object.defineProperty(service.prototype, name, {
        value: async () => {
          throw notAllowed(
            `${name} would go around the rules of payouts. Use what the payout module is there for, such as ` +
              "makeTransfer, approveTransfer, changeBeneficiary or the workflows"
          )
        },
      })
    }
  }
  return service
}
