import { Fact, Section } from "../section"
import { Loaded } from "../problem"
import { usePayoutRules, type PayoutRules } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"

/** What the shop's config says of all transfers. */
export function RulesFacts() {
  const { t } = usePayoutWords()
  return (
    <Section title={t("sending.rules.title")} subtitle={t("sending.rules.subtitle")}>
      <Loaded answer={usePayoutRules()}>{(rules) => <Rules rules={rules} />}</Loaded>
    </Section>
  )
}

const amountNames = [
  "per_transfer",
  "per_day",
  "per_beneficiary_per_day",
  "per_maker_per_day",
  "two_approvers_above",
] as const

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
      <Fact label={t("sending.rules.firstPayment")}>
        {t(rules.hold_first_payment ? "sending.rules.held" : "sending.rules.none")}
      </Fact>
      {rules.limits.map((limit) => (
        <Fact
          key={limit.currency_code}
          label={t("sending.rules.limits", { currency: limit.currency_code.toUpperCase() })}
        >
          <ul className="flex flex-col">
            {amountNames.map((name) => {
              const amount = limit[name]
              return (
                amount !== null && (
                  <li key={name}>
                    {t(`sending.rules.amounts.${name}`, {
                      amount: money(amount, limit.currency_code),
                    })}
                  </li>
                )
              )
            })}
          </ul>
        </Fact>
      ))}
      {rules.limits.length > 0 && (
        <Fact label={t("sending.rules.midnight")}>{rules.time_zone}</Fact>
      )}
    </>
  )
}
