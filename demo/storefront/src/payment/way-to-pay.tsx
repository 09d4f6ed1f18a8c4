import { leaveFor, nextAction, qrSvg } from "medusa-regional-payments/storefront"
import { paymentMethod } from "../payment-methods"
import { useShop } from "../shop-context"
import type { Session } from "./follow-payment"

/** What the shopper does elsewhere while this page waits; nothing where there is nothing to do. */
export function WayToPay({ session }: { session: Session }) {
  const { walletUrl } = useShop()
  const { name, comesBack } = paymentMethod(session.provider_id)
  const action = nextAction(session)
  switch (action.type) {
    case "qr_code":
      return (
        <div className="way">
          <img
            className="qr"
            src={`data:image/svg+xml,${encodeURIComponent(qrSvg(action.value))}`}
            alt={`QR code to pay with ${name}`}
          />
          <p>Scan this code with {name} on your phone.</p>
          {walletUrl && (
            <a
              className="button"
              href={`${walletUrl}?code=${encodeURIComponent(action.value)}`}
              target="_blank"
              rel="noopener"
            >
              Open the sandbox’s wallet
            </a>
          )}
          <Expiry at={action.expires_at} />
        </div>
      )
    case "pay_code":
      return (
        <div className="way">
          <p>Pay with this code in the app of your bank or wallet.</p>
          <p className="code">{action.code}</p>
          <button
            className="button quiet"
            onClick={() => navigator.clipboard.writeText(action.code)}
          >
            Copy the code
          </button>
          <Expiry at={action.expires_at} />
        </div>
      )
    case "redirect":
      return comesBack ? (
        <a className="button" href={action.url}>
          Back to the payment page
        </a>
      ) : (
        <div className="way">
          <p>You pay on a page of its own, beside this one.</p>
          <a className="button" href={action.url} target="_blank" rel="noopener">
            Open the payment page
          </a>
        </div>
      )
    case "post_form":
      return (
        <button className="button" onClick={() => leaveFor(action, document)}>
          Back to the payment page
        </button>
      )
    case "shopper_code":
    case "none":
      return null
  }
}

function Expiry({ at }: { at: string | undefined }) {
  if (at === undefined) return null
  const time = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" })
  return <p className="quiet">Can be paid until {time.format(new Date(at))}.</p>
}
