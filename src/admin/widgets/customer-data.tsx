import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminCustomer, DetailWidgetProps } from "@medusajs/framework/types"
import { CustomerDataSection } from "../components/customer-data/customer-data-section"

/** What this plugin keeps of a customer, to be saved for them or erased, on the customer's page. */
export default function CustomerDataWidget({ data: customer }: DetailWidgetProps<AdminCustomer>) {
  return <CustomerDataSection key={customer.id} customer={customer} />
}

export const config = defineWidgetConfig({
  zone: "customer.details.side.after",
})
