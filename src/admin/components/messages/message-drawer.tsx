import { Button, CodeBlock, StatusBadge, Text } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { CopyFact, Fact } from "../section"
import { Loaded } from "../problem"
import { SideDrawer } from "../side-drawer"
import { useMessage, type MessageDetail, useReplay } from "./api"
import { messageColors } from "./messages-table"
import { StrongText, SubtleText } from "../text"

/** What a gateway sent, masked, what became of it, and the way to have it worked on again. */
export function MessageDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords()
  const { may } = useAbilities()
  const answer = useMessage(id)
  const { run, progress } = useReplay()
  const message = answer.data?.webhook
  const canReplay = message?.state === "dead"
  return (
    <SideDrawer
      title={t("webhooks.one")}
      onClose={onClose}
      footer={
        canReplay && may?.("gateway_payment:replay") ? (
          <Button
            size="small"
            isLoading={progress !== undefined}
            onClick={() => void run([message.id])}
          >
            {t("webhooks.replay")}
          </Button>
        ) : undefined
      }
    >
      <Loaded answer={answer}>{({ webhook }) => <Details message={webhook} />}</Loaded>
    </SideDrawer>
  )
}

function Details({ message }: { message: MessageDetail }) {
  const { t, language } = useWords()
  return (
    <>
      <div className="flex flex-col gap-y-2 px-6 py-4" role="status" aria-live="polite">
        <div>
          <StatusBadge color={messageColors[message.state]}>
            {t(`webhooks.states.${message.state}`)}
          </StatusBadge>
        </div>
        <SubtleText>{t(`webhooks.why.${message.state}`)}</SubtleText>
        {message.error && (
          <Text size="small" className="text-ui-fg-error break-words">
            {message.error}
          </Text>
        )}
      </div>
      <Fact label={t("webhooks.columns.gateway")}>{gatewayName(message.provider_id)}</Fact>
      <CopyFact label={t("webhooks.columns.reference")} value={message.reference} />
      {message.gateway_id && (
        <CopyFact label={t("webhooks.gatewayId")} value={message.gateway_id} />
      )}
      <Fact label={t("webhooks.columns.status")}>{message.raw_status}</Fact>
      <Fact label={t("webhooks.received")}>{formatTime(message.created_at, language)}</Fact>
      <Fact label={t("webhooks.attempts")}>{message.attempts}</Fact>
      <Fact label={t("webhooks.proven")}>
        {message.event_key === null ? t("webhooks.unproven") : t("webhooks.signed")}
      </Fact>
      <section className="flex flex-col gap-y-2 px-6 py-4" aria-label={t("webhooks.body")}>
        <StrongText>{t("webhooks.body")}</StrongText>
        {message.body ? (
          <CodeBlock
            snippets={[
              {
                language: "json",
                label: t("webhooks.masked"),
                code: JSON.stringify(message.body, null, 2),
              },
            ]}
          >
            <CodeBlock.Body />
          </CodeBlock>
        ) : (
          <SubtleText>{t("webhooks.noBody")}</SubtleText>
        )}
      </section>
      {message.audit_lines.length > 0 && <Replays message={message} />}
    </>
  )
}

function Replays({ message: { audit_lines } }: { message: MessageDetail }) {
  const { t, language } = useWords()
  return (
    <section className="flex flex-col gap-y-2 px-6 py-4" aria-label={t("webhooks.replays")}>
      <StrongText>{t("webhooks.replays")}</StrongText>
      <ul className="flex flex-col gap-y-2">
        {audit_lines.map(({ id, actor, actor_name, created_at, note }) => (
          <li key={id}>
            <Text size="small" leading="compact">
              {t("webhooks.replayedBy", {
                name: actor_name ?? actor,
                time: formatTime(created_at, language),
              })}
            </Text>
            {note && (
              <Text size="xsmall" className="text-ui-fg-subtle break-words">
                {note}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
