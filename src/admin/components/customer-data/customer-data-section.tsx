import { ArrowDownTray, Trash } from "@medusajs/icons"
import type { AdminCustomer } from "@medusajs/framework/types"
import { Button, Text } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-fields"
import { FactLink, Section } from "../section"
import { type CustomerErasure, type KeptReason, useEraseCustomer, useExportCustomer } from "./api"
import { SubtleText } from "../text"

type Customer = Pick<AdminCustomer, "id" | "email">

/** To export and to erase what this plugin keeps of a customer; nothing where the role allows neither. */
export function CustomerDataSection({ customer }: { customer: Customer }) {
  const { t } = useWords()
  const { may } = useAbilities()
  const mayExport = may?.("gateway_payment:export_customer") ?? false
  const mayErase = may?.("gateway_payment:erase_customer") ?? false
  if (!mayExport && !mayErase) {
    return null
  }
  return (
    <Section title={t("customerData.title")} subtitle={t("customerData.subtitle")}>
      {mayExport && <Export customer={customer} />}
      {mayErase && <Erase customer={customer} />}
    </Section>
  )
}

function Export({ customer }: { customer: Customer }) {
  const { t } = useWords()
  const { mutate, isPending, error, data } = useExportCustomer(customer.id)
  return (
    <div className="flex flex-col items-start gap-y-3 px-6 py-4">
      <SubtleText>{t("customerData.export.explained")}</SubtleText>
      <Button size="small" variant="secondary" isLoading={isPending} onClick={() => mutate()}>
        <ArrowDownTray />
        {t("customerData.export.label")}
      </Button>
      <FormEnd error={error} />
      <div role="status" aria-live="polite" className="empty:hidden">
        {data && <Exported others={data.same_email} />}
      </div>
    </div>
  )
}

/** Others with the same e-mail address, such as who they were as a guest, have files of their own. */
function Exported({ others }: { others: readonly string[] }) {
  const { t } = useWords()
  return (
    <>
      <Text size="small">{t("common.exported")}</Text>
      {others.length > 0 && (
        <>
          <SubtleText>{t("customerData.export.others")}</SubtleText>
          <ul className="txt-compact-small">
            {others.map((id) => (
              <li key={id} className="break-all py-0.5">
                <FactLink to={`/customers/${id}`}>{id}</FactLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Erase({ customer: { id, email } }: { customer: Customer }) {
  const { t } = useWords()
  const doOnce = useDoOnce()
  const { mutateAsync, isPending, error, data } = useEraseCustomer(id)
  const erase = async () =>
    await doOnce(
      {
        title: t("customerData.erase.title", { name: email || id }),
        description: t("customerData.erase.ask"),
        confirm: t("customerData.erase.label"),
        isDangerous: true,
      },
      mutateAsync,
      t("customerData.erase.done")
    )
  return (
    <div className="flex flex-col items-start gap-y-3 px-6 py-4">
      <SubtleText>{t("customerData.erase.explained")}</SubtleText>
      <Button size="small" variant="danger" isLoading={isPending} onClick={() => void erase()}>
        <Trash />
        {t("customerData.erase.label")}
      </Button>
      <FormEnd error={error} />
      <div role="status" aria-live="polite" className="max-w-full empty:hidden">
        {data && <Erasure erasure={data} />}
      </div>
    </div>
  )
}

/** What was erased of a customer, and what is left and why; what has to end first leads to its page. */
function Erasure({ erasure: { erased, kept, is_complete } }: { erasure: CustomerErasure }) {
  const { t } = useWords()
  const gone = [
    ["payments", erased.payments],
    ["savedMethods", erased.saved_methods],
    ["payees", erased.beneficiaries.length],
  ] as const
  return (
    <div className="flex flex-col gap-y-3">
      <Text size="small" weight="plus">
        {t(is_complete ? "customerData.erased.complete" : "customerData.erased.incomplete")}
      </Text>
      <ul className="txt-small list-disc pl-4 empty:hidden">
        {gone.map(
          ([what, count]) =>
            count > 0 && <li key={what}>{t(`customerData.erased.${what}`, { count })}</li>
        )}
      </ul>
      {kept.map(({ reason, what }) => (
        <div key={reason}>
          <Text size="small">{t(`customerData.kept.${reason}`, { count: what.length })}</Text>
          {isLeftOver(reason) && (
            <ul className="txt-compact-small">
              {what.map((id) => (
                <li key={id} className="break-all py-0.5">
                  <Left reason={reason} id={id} />
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </div>
  )
}

/** What is to be erased later is named, each one; of the books it is enough to know how many. */
function isLeftOver(reason: KeptReason): boolean {
  return reason !== "books" && reason !== "payout_books"
}

function Left({ reason, id }: { reason: KeptReason; id: string }) {
  switch (reason) {
    case "books":
    case "payment_under_way":
      return <FactLink to={`/gateway-payments?q=${id}`}>{id}</FactLink>
    case "payout_books":
    case "payout_under_way":
      return <FactLink to={`/payouts/beneficiaries/${id}`}>{id}</FactLink>
    case "gateway_silent":
      return gatewayName(id)
  }
}
