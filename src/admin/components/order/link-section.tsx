import { Button, Copy, Text } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { compareAmounts, decimalsOf, typedAmount } from "../../lib/amounts"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import { AmountField, ChoiceField, Form, FormEnd } from "../form-fields"
import { SideDrawer } from "../side-drawer"
import { type LinkChoice, type OrderPayments, useCreateLink } from "./api"
import { useOrderWords } from "./words"
import { SubtleText } from "../text"

/** Offers a link for what is due on the order, or says why none can be made. */
export function LinkSection({ order }: { order: OrderPayments }) {
  const { t } = useOrderWords()
  const { may } = useAbilities()
  const [isOpen, setIsOpen] = useState(false)
  const { reason, providers } = order.links
  const isPossible = reason === null && providers.some((provider) => provider.reason === null)
  // Nothing is due on most orders: it goes without saying.
  if (reason === "nothing_due" || reason === "canceled" || !may?.("gateway_payment:link")) {
    return null
  }
  return (
    <div className="flex flex-col items-start gap-y-2 px-6 py-4">
      <SubtleText>
        {isPossible
          ? t("order.link.offer")
          : reason !== null
            ? t(`order.link.reasons.${reason}`)
            : t("order.link.nobody")}
      </SubtleText>
      {reason === null &&
        !isPossible &&
        providers.map(({ provider_id, title, reason: why, detail }) => (
          <Text key={provider_id} size="xsmall" className="text-ui-fg-subtle">
            {t(`order.link.providers.${why ?? "no_links"}`, { gateway: title })}
            {detail !== null && ` · ${detail}`}
          </Text>
        ))}
      {isPossible && (
        <Button size="small" variant="secondary" onClick={() => setIsOpen(true)}>
          {t("order.link.open")}
        </Button>
      )}
      {isOpen && <LinkDrawer order={order} onClose={() => setIsOpen(false)} />}
    </div>
  )
}

function LinkDrawer({ order, onClose }: { order: OrderPayments; onClose: () => void }) {
  const { t } = useOrderWords()
  return (
    <SideDrawer title={t("order.link.open")} onClose={onClose}>
      <LinkForm order={order} onClose={onClose} />
    </SideDrawer>
  )
}

function LinkForm({ order, onClose }: { order: OrderPayments; onClose: () => void }) {
  const { t, money } = useOrderWords()
  const create = useCreateLink(order.order_id)
  const doOnce = useDoOnce()
  const { providers } = order.links
  const [provider, setProvider] = useState(
    () => providers.find(({ reason }) => reason === null)?.provider_id ?? ""
  )
  const [typed, setTyped, forget] = useDraft(`order:${order.order_id}:link`)
  const currency = order.currency_code
  const text = typed === "" ? order.due : typed
  const amount = typedAmount(text, Math.max(decimalsOf(order.due), 2))
  const isTooMuch = amount !== undefined && compareAmounts(amount, order.due) > 0
  const gateway = providers.find(({ provider_id }) => provider_id === provider)?.title ?? provider
  const made = create.data?.payment_link
  const due = t("order.link.due", { amount: money(order.due, currency) })

  const run = async (wanted: string) => {
    const values = { amount: money(wanted, currency), gateway }
    const isMade = await doOnce(
      {
        title: t("order.link.ask", values),
        description: t("order.link.happens", values),
        confirm: t("order.link.confirm", values),
      },
      async () => await create.mutateAsync({ provider_id: provider, amount: wanted }),
      t("order.link.done", values)
    )
    if (isMade) {
      forget()
    }
  }

  return (
    <Form
      onSubmit={() => {
        if (amount !== undefined && !isTooMuch) {
          void run(amount)
        }
      }}
    >
      {made ? (
        <div className="flex flex-col gap-y-2" role="status">
          <Text size="small">
            {t("order.link.made", { amount: money(made.amount, currency), gateway })}
          </Text>
          <div className="flex min-w-0 items-start gap-x-1">
            <Text size="small" className="min-w-0 break-all">
              {made.url}
            </Text>
            <Copy content={made.url} className="text-ui-fg-muted shrink-0" />
          </div>
        </div>
      ) : (
        <>
          <ChoiceField
            label={t("order.link.provider")}
            choices={providers.map(({ provider_id, title, reason, detail }) => ({
              value: provider_id,
              disabled: reason !== null,
              label: isOnly(title, providers) ? title : `${title} (${provider_id})`,
              description:
                reason === null
                  ? t("order.link.can")
                  : [t(`order.link.providers.${reason}`, { gateway: title }), detail ?? ""]
                      .filter(Boolean)
                      .join(" · "),
            }))}
            chosen={provider}
            onChoose={setProvider}
          />
          <AmountField
            label={t("order.moves.amount", { currency: currency.toUpperCase() })}
            value={text}
            onChange={setTyped}
            hint={due}
            problem={
              amount === undefined
                ? t("order.moves.problems.none", { amount: money(order.due, currency) })
                : isTooMuch
                  ? due
                  : undefined
            }
          />
        </>
      )}
      {made ? (
        <FormEnd cancel={t("order.link.close")} onCancel={onClose} />
      ) : (
        <FormEnd
          error={create.error}
          onCancel={onClose}
          submit={t("order.link.open")}
          isBlocked={amount === undefined || isTooMuch}
          isBusy={create.isPending}
        />
      )}
    </Form>
  )
}

/** A shop can have several accounts of one gateway. */
function isOnly(title: string, providers: readonly LinkChoice[]): boolean {
  return providers.filter((other) => other.title === title).length === 1
}
