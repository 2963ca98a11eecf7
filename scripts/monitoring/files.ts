import { dashboard } from './dashboard.ts';
import { chartAlerts, podMonitor, prometheusRule, ruleFile, ruleTests } from './rules.ts';

/** The folder of the files for Grafana and Prometheus. */
const FOLDER = 'image/monitoring';

/** Every file that is made of the two tables, alerts.ts and panels.ts, by its path in the repository. */
export function monitoringFiles(): Readonly<Record<string, string>> {
  return {
    [`${FOLDER}/zookeeper-dashboard.json`]: dashboard(),
    [`${FOLDER}/zookeeper-rules.yaml`]: ruleFile(),
    [`${FOLDER}/zookeeper-rules.test.yaml`]: ruleTests(),
    [`${FOLDER}/prometheus-rule.yaml`]: prometheusRule(),
    [`${FOLDER}/pod-monitor.yaml`]: podMonitor(),
    'chart/files/alerts.yaml': chartAlerts(),
  };
}
