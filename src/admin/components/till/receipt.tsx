import { Button, Text } from "@medusajs/ui"
import { formatMoney, formatTime } from "../../lib/format"
import type { TillSale } from "../../lib/till"
import { useWords } from "../../lib/words"

/** What the shopper can take along, and the button that prints it alone, as wide as a till's printer. */
export function Receipt({
  sale,
  shopName,
  gateway,
}: {
  sale: TillSale
  shopName: string
  gateway: string
}) {
  const { t, language } = useWords()
  const { amount, surplus, currency_code, paid_at } = sale
  const lines: [label: string, value: string | null][] = [
    [t("till.amount"), formatMoney(amount, currency_code, language)],
    [t("till.fee"), surplus === null ? null : formatMoney(surplus, currency_code, language)],
    [t("till.order"), sale.display_id === null ? null : `#${sale.display_id}`],
    [t("till.reference"), sale.reference],
    [t("till.gatewayNumber"), sale.gateway_id],
    [t("till.paidBy"), gateway],
    [t("till.time"), paid_at === null ? null : formatTime(paid_at, language)],
  ]
  return (
    <div className="flex flex-col gap-y-3">
      <style>{printStyle}</style>
      <section
        id="till-receipt"
        aria-label={t("till.receipt")}
        className="border-ui-border-base rounded-lg border p-4"
      >
        <Text weight="plus" className="text-center">
          {shopName}
        </Text>
        <Text size="small" className="text-ui-fg-subtle mb-2 text-center">
          {t("till.receipt")}
        </Text>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {lines.map(([label, value]) =>
            value === null ? null : (
              <div key={label} className="contents">
                <dt className="txt-small text-ui-fg-subtle">{label}</dt>
                <dd className="txt-small min-w-0 [overflow-wrap:anywhere] text-right tabular-nums">
                  {value}
                </dd>
              </div>
            )
          )}
        </dl>
        <Text size="small" className="mt-3 text-center">
          {t("till.thanks")}
        </Text>
      </section>
      <Button variant="secondary" className="h-14 w-full" onClick={() => window.print()}>
        {t("till.print")}
      </Button>
    </div>
  )
}

/** The dashboard around it, and its dark colours, are no part of what is printed. */
const printStyle = `@media print {
  @page { margin: 4mm; }
  body * { visibility: hidden; }
  #till-receipt, #till-receipt * { visibility: visible; color: #000 !important; background: #fff !important; }
  #till-receipt { position: fixed; inset: 0 auto auto 0; width: 72mm; border: 0; padding: 0; }
}`
