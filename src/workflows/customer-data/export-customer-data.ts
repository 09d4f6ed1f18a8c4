import {
  createStep,
  createWorkflow,
  StepResponse,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { exceptionsOf } from "../exceptions/announce-exception"
import { type CustomerData, customerData } from "./customer-data"

export type ExportCustomerDataInput = {
  customer_id: string
  /** The admin who asks for it, or `system` for the shop's own code. */
  actor: string
}

const exportStep = createStep(
  "export-customer-data",
  async ({ customer_id, actor }: ExportCustomerDataInput, { container }) => {
    const data = await customerData(container, customer_id)
    await exceptionsOf(container).addLine(customer_id, {
      actor,
      action: "customer data exported",
      note: null,
    })
    return new StepResponse<CustomerData>(data)
  }
)

/**
 * All that this plugin keeps of one customer, and that gateways keep for it: their payments, saved payment methods, and
 * what they were paid. Who asked for it is written down. Medusa's own rows (the customer, addresses, orders) are not in
 * it.
 *
 * The result is personal: run it by itself, or in workflows whose executions Medusa does not store.
 *
 * @throws MedusaError not_found for a customer that the shop never had
 */
export const exportCustomerDataWorkflow = createWorkflow(
  "export-customer-data",
  (input: WorkflowData<ExportCustomerDataInput>) => new WorkflowResponse(exportStep(input))
)
