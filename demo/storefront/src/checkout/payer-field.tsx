import type { PaymentMethod } from "../payment-methods"

/** What the gateway must know of the payer and the address does not tell. The shop keeps none of it. */
export function PayerField({ of: { asks } }: { of: PaymentMethod }) {
  if (!asks) return null
  const { name, label, example } = asks
  return (
    <label>
      {label}
      <input
        name={name}
        required
        maxLength={32}
        inputMode="numeric"
        autoComplete="off"
        aria-describedby="payer-field-hint"
      />
      <span id="payer-field-hint" className="quiet">
        Passed on to the payment company and not kept. In this demo any number will do, such as{" "}
        {example}.
      </span>
    </label>
  )
}
