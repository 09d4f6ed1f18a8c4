import { Fact } from "../fact"
import { Loaded } from "../loaded"
import { usePayoutRules, type PayoutRules } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { Section } from "../section"

/** What the shop's config says of all transfers. */
export function RulesFacts() {
  const { t } = usePayoutWords()
  return (
    <Section title={t("sending.rules.title")} subtitle={t("sending.rules.subtitle")}>
      <Loaded answer={usePayoutRules()}>{(rules) => <Rules rules={rules} />}</Loaded>
    </Section>
  )
}

function Rules({ rules }: { rules: PayoutRules }) {
  const { t, money } = usePayoutWords()
  const { approval, account_cooling_off_hours: hours, approval_expires_in_days: days } = rules
  return (
    <>
      <Fact label={t("sending.rules.approval")}>{t(`sending.rules.approvals.${approval}`)}</Fact>
      <Fact label={t("sending.rules.expires")}>{t("sending.rules.days", { count: days })}</Fact>
      <Fact label={t("sending.rules.coolingOff")}>
        {hours === 0 ? t("sending.rules.none") : t("sending.rules.hours", { count: hours })}
      </Fact>
      {rules.limits.map(({ currency_code, per_transfer, per_day }) => (
        <Fact
          key={currency_code}
          label={t("sending.rules.limits", { currency: currency_code.toUpperCase() })}
        >
          <span className="flex flex-col">
            {per_transfer !== null && (
              <span>
                {t("sending.rules.perTransfer", { amount: money(per_transfer, currency_code) })}
              </span>
            )}
            {per_day !== null && (
              <span>
                {t("sending.rules.perDay", {
                  amount: money(per_day, currency_code),
                  zone: rules.time_zone,
                })}
              </span>
            )}
          </span>
        </Fact>
      ))}
    </>
  )
}
