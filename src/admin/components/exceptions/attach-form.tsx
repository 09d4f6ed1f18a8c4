import { RadioGroup, Skeleton } from "@medusajs/ui"
import { useState } from "react"
import { useCalm } from "../../lib/calm"
import { useDraft } from "../../lib/draft"
import { formatMoney, formatTime } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import { Form, FormEnd } from "../form-fields"
import { Problem } from "../problem"
import { FoundChoices, SearchField } from "../search-choice"
import {
  useExceptionCommand,
  useOrdersToAttach,
  type ExceptionDetail,
  type OrderToAttach,
} from "./api"
import { useExceptionWords } from "./words"

/** Finds the order that the money is for, with what is due on each, and attaches it there. */
export function AttachForm({ found }: { found: ExceptionDetail }) {
  const { t, language, failure } = useExceptionWords()
  const command = useExceptionCommand(found.id)
  const doOnce = useDoOnce()
  const [words, setWords] = useDraft(`exception:${found.id}:order`)
  const [order, setOrder] = useState<OrderToAttach>()
  const amount = formatMoney(
    found.choices.attach.amount ?? found.raw_amount.value,
    found.currency_code,
    language
  )

  const attach = async (to: OrderToAttach) => {
    const number = to.display_id
    const isDone = await doOnce(
      {
        title: t("exceptions.choices.attach.title", { amount, number }),
        description: t("exceptions.choices.attach.ask", {
          amount,
          number,
          name: to.customer_name ?? to.email ?? t("exceptions.unknown"),
          due: formatMoney(to.due, to.currency_code, language),
        }),
        confirm: t("exceptions.choices.attach.confirm", { amount, number }),
      },
      async () => await command.mutateAsync({ verb: "attach", order_id: to.id }),
      t("exceptions.choices.attach.done", { amount, number })
    )
    if (isDone) {
      setWords("")
    }
  }

  return (
    <Form
      className="flex flex-col gap-y-3"
      onSubmit={() => {
        if (order) {
          void attach(order)
        }
      }}
    >
      <div className="flex flex-col gap-y-2">
        <SearchField
          label={t("exceptions.orders.search")}
          placeholder={t("exceptions.orders.placeholder")}
          value={words}
          onChange={(typed) => {
            setWords(typed)
            setOrder(undefined)
          }}
        />
      </div>
      <Orders id={found.id} words={useCalm(words)} chosen={order} onChoose={setOrder} />
      <FormEnd
        error={command.error}
        failure={failure}
        submit={
          order
            ? t("exceptions.choices.attach.confirm", { amount, number: order.display_id })
            : t("exceptions.orders.choose")
        }
        isBlocked={!order}
        isBusy={command.isPending}
      />
    </Form>
  )
}

function Orders({
  id,
  words,
  chosen,
  onChoose,
}: {
  id: string
  words: string
  chosen: OrderToAttach | undefined
  onChoose: (order: OrderToAttach | undefined) => void
}) {
  const { t, language } = useExceptionWords()
  const { data, error, refetch } = useOrdersToAttach(id, words)
  if (error) {
    return <Problem error={error} retry={() => void refetch()} />
  }
  if (!data) {
    return <Skeleton className="h-16 w-full" />
  }
  return (
    <div className="flex flex-col gap-y-2">
      <FoundChoices
        label={t("exceptions.orders.search")}
        told={
          data.orders.length === 0
            ? t("exceptions.orders.none")
            : t("exceptions.orders.found", { count: data.orders.length })
        }
        chosen={chosen?.id ?? ""}
        onChoose={(value) => onChoose(data.orders.find((order) => order.id === value))}
      >
        {data.orders.map((order) => (
          <RadioGroup.ChoiceBox
            key={order.id}
            value={order.id}
            disabled={order.refusal !== null}
            label={t("exceptions.orders.label", {
              number: order.display_id,
              name: order.customer_name ?? order.email ?? t("exceptions.unknown"),
            })}
            description={[
              t("exceptions.orders.due", {
                due: formatMoney(order.due, order.currency_code, language),
                total: formatMoney(order.total, order.currency_code, language),
              }),
              formatTime(order.created_at, language),
              ...(order.refusal ? [t(`exceptions.orders.refusals.${order.refusal}`)] : []),
            ].join(" · ")}
          />
        ))}
      </FoundChoices>
    </div>
  )
}
