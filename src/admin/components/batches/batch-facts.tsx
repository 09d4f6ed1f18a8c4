import { Text } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { Fact, FactLink } from "../fact"
import { SumsTable } from "../payouts/sums-table"
import type { BatchDetail } from "./api"
import { Progress } from "./progress"
import { useBatchWords } from "./words"

/** What a batch is and adds up to, how far it is, and who approved it. */
export function BatchFacts({ batch }: { batch: BatchDetail }) {
  const words = useBatchWords()
  const { t, language, count } = words
  return (
    <>
      <div className="divide-y">
        <Fact label={t("batches.columns.count")}>{count(batch.count)}</Fact>
        <Fact label={t("batches.columns.source")}>
          {batch.import_id === null ? (
            t(`batches.sources.${batch.source}`)
          ) : (
            <FactLink to={`/payouts/imports/${batch.import_id}`}>
              {t(`batches.sources.${batch.source}`)}
            </FactLink>
          )}
        </Fact>
        <Fact label={t("approvals.signed.madeBy")}>
          {t("approvals.signed.by", {
            name: words.person(batch.created_by_name, batch.created_by),
            time: formatTime(batch.created_at, language),
          })}
        </Fact>
        {batch.send_at !== null && (
          <Fact label={t("batches.sendAt")}>{formatTime(batch.send_at, language)}</Fact>
        )}
        <Fact label={t("batches.columns.progress")}>
          <Progress batch={batch} />
        </Fact>
        {batch.audit_lines.length > 0 && (
          <Fact label={t("batches.decided")}>
            <ul className="flex flex-col gap-y-2">
              {batch.audit_lines.map(({ id, note, created_at, actor, actor_name }) => (
                <li key={id}>
                  {t("approvals.signed.by", {
                    name: words.person(actor_name, actor),
                    time: formatTime(created_at, language),
                  })}
                  {note !== null && (
                    <Text size="small" className="text-ui-fg-subtle break-words">
                      {note}
                    </Text>
                  )}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </div>
      <SumsTable sums={batch.sums} />
    </>
  )
}
