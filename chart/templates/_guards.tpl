{{- /* Values that a schema cannot refuse: each would be without effect, or would lose something. */}}
{{- define "zookeeper.guards" -}}
{{- $v := .Values }}
{{- $problems := list }}
{{- if not $v.enabled }}
{{- $problems = append $problems "enabled is false, which only a parent chart's `condition: zookeeper.enabled` acts on" }}
{{- end }}
{{- if contains "bitnami" (lower $v.image.repository) }}
{{- $problems = append $problems (printf "image.repository is %s, but the pods run zk-entrypoint: leave it out, or name an image of zk-entrypoint" $v.image.repository) }}
{{- end }}
{{- range $v.extraEnvVars }}
{{- if regexMatch "^BITNAMI_" .name }}
{{- $problems = append $problems (printf "extraEnvVars has %s, which does nothing here: use the value of this chart, or a ZK_ variable (`zk-entrypoint settings`)" .name) }}
{{- end }}
{{- end }}
{{- if and $v.persistence.existingClaim (gt (add $v.replicaCount $v.observers.replicaCount) 1) }}
{{- $problems = append $problems "persistence.existingClaim is for one member: two servers on one volume damage it. Leave it out, or set replicaCount: 1" }}
{{- end }}
{{- if and $v.persistence.dataLogDir.enabled (or (not $v.persistence.enabled) $v.persistence.existingClaim) }}
{{- $problems = append $problems "persistence.dataLogDir.enabled needs persistence.enabled and no persistence.existingClaim" }}
{{- end }}
{{- if and $v.pdb.minAvailable $v.pdb.maxUnavailable }}
{{- $problems = append $problems "pdb.minAvailable and pdb.maxUnavailable are both set: leave one out" }}
{{- end }}
{{- if and (eq $v.podManagementPolicy "OrderedReady") (eq $v.readiness "serving") (gt (int $v.replicaCount) 1) }}
{{- $problems = append $problems "podManagementPolicy is OrderedReady, and with readiness: serving the first pod would wait for a quorum of those after it: set readiness: ruok" }}
{{- end }}
{{- if and $v.metrics.prometheusRule.enabled (not $v.metrics.podMonitor.enabled) }}
{{- $problems = append $problems "metrics.prometheusRule.enabled needs metrics.podMonitor.enabled: the rules look for its job" }}
{{- end }}
{{- range $side := list "client" "quorum" }}
{{- $tls := index $v.tls $side }}
{{- if and $tls.enabled (not $tls.existingSecret) (not $v.tls.certManager.enabled) }}
{{- $problems = append $problems (printf "tls.%s.enabled needs tls.%s.existingSecret or tls.certManager.enabled" $side $side) }}
{{- end }}
{{- if and $tls.enabled (regexMatch "[.](jks|p12)$" $tls.existingSecretTruststoreKey) (not (include "zookeeper.isJavaStore" $tls)) }}
{{- $problems = append $problems (printf "tls.%s.existingSecretTruststoreKey is %s, which is read beside a .jks or .p12 key store alone: name the authorities as PEM, or set tls.%s.existingSecretKeystoreKey" $side $tls.existingSecretTruststoreKey $side) }}
{{- end }}
{{- if and $tls.existingSecret (not $tls.enabled) }}
{{- $problems = append $problems (printf "tls.%s.existingSecret has no effect without tls.%s.enabled" $side $side) }}
{{- end }}
{{- end }}
{{- if $v.tls.certManager.enabled }}
{{- if not $v.tls.certManager.issuerRef.name }}
{{- $problems = append $problems "tls.certManager.issuerRef.name is not set: name the Issuer" }}
{{- end }}
{{- if not (or (and $v.tls.client.enabled (not $v.tls.client.existingSecret)) (and $v.tls.quorum.enabled (not $v.tls.quorum.existingSecret))) }}
{{- $problems = append $problems "tls.certManager.enabled has no effect: neither tls.client nor tls.quorum uses its certificate" }}
{{- end }}
{{- end }}
{{- if and (ne $v.tls.quorum.mode "tls") (not $v.tls.quorum.enabled) }}
{{- $problems = append $problems "tls.quorum.mode has no effect without tls.quorum.enabled" }}
{{- end }}
{{- $c := $v.tls.client }}
{{- $q := $v.tls.quorum }}
{{- $isClientPem := and $c.enabled (not (include "zookeeper.isJavaStore" $c)) }}
{{- $isQuorumPem := and $q.enabled (not (include "zookeeper.isJavaStore" $q)) }}
{{- if and $isClientPem $isQuorumPem $c.passwordsSecretName $q.passwordsSecretName (ne $c.passwordsSecretName $q.passwordsSecretName) }}
{{- $problems = append $problems "tls.client.passwordsSecretName and tls.quorum.passwordsSecretName differ, and keys in PEM are opened by one password: encrypt both with the same" }}
{{- end }}
{{- if and $v.tls.trustBundle.configMapName (not (or $isClientPem $isQuorumPem)) }}
{{- $problems = append $problems "tls.trustBundle.configMapName has no effect: neither tls.client nor tls.quorum is enabled with PEM" }}
{{- end }}
{{- $auth := $v.auth }}
{{- if and $auth.client.enabled (not $auth.client.existingSecret) (not $auth.kerberos.existingSecret) }}
{{- $problems = append $problems "auth.client.enabled needs auth.client.existingSecret or auth.kerberos.existingSecret" }}
{{- end }}
{{- if and $auth.client.existingSecret (not $auth.client.enabled) }}
{{- $problems = append $problems "auth.client.existingSecret has no effect without auth.client.enabled" }}
{{- end }}
{{- if and $auth.quorum.enabled (not $auth.quorum.user) (not $auth.kerberos.existingSecret) }}
{{- $problems = append $problems "auth.quorum.enabled needs auth.quorum.user or auth.kerberos.existingSecret" }}
{{- end }}
{{- if and $auth.quorum.user (not $auth.quorum.existingSecret) }}
{{- $problems = append $problems "auth.quorum.user needs auth.quorum.existingSecret with its password" }}
{{- end }}
{{- if and (or $auth.quorum.user $auth.quorum.existingSecret) (not $auth.quorum.enabled) }}
{{- $problems = append $problems "auth.quorum.user and existingSecret have no effect without auth.quorum.enabled" }}
{{- end }}
{{- if and (ne $auth.quorum.mode "require") (not $auth.quorum.enabled) }}
{{- $problems = append $problems "auth.quorum.mode has no effect without auth.quorum.enabled" }}
{{- end }}
{{- if and $auth.kerberos.existingSecret (not $auth.client.enabled) (not $auth.quorum.enabled) }}
{{- $problems = append $problems "auth.kerberos.existingSecret has no effect: neither auth.client nor auth.quorum is enabled" }}
{{- end }}
{{- if and (ne $auth.peers.mode "need") (not $auth.peers.existingSecret) }}
{{- $problems = append $problems "auth.peers.mode has no effect without auth.peers.existingSecret" }}
{{- end }}
{{- if and $auth.superUser (not $auth.client.enabled) }}
{{- $problems = append $problems "auth.superUser has no effect without auth.client.enabled" }}
{{- end }}
{{- if and $v.service.disableBaseClientPort (not $v.tls.client.enabled) }}
{{- $problems = append $problems "service.disableBaseClientPort leaves clients no port: set tls.client.enabled" }}
{{- end }}
{{- if and (or $v.networkPolicy.ingressNSMatchLabels $v.networkPolicy.ingressNSPodMatchLabels) (or (not $v.networkPolicy.enabled) $v.networkPolicy.allowExternal) }}
{{- $problems = append $problems "networkPolicy.ingressNSMatchLabels and ingressNSPodMatchLabels have no effect without networkPolicy.allowExternal: false" }}
{{- end }}
{{- if and $v.networkPolicy.extraEgress (or (not $v.networkPolicy.enabled) $v.networkPolicy.allowExternalEgress) }}
{{- $problems = append $problems "networkPolicy.extraEgress has no effect without networkPolicy.allowExternalEgress: false" }}
{{- end }}
{{- if $problems }}
{{- fail (printf "\n- %s" (join "\n- " $problems)) }}
{{- end }}
{{- end }}
