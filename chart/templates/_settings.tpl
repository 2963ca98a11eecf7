{{- /* The members by name: what ZK_ENSEMBLE holds once there are observers. */}}
{{- define "zookeeper.ensemble" -}}
{{- $name := include "zookeeper.fullname" . }}
{{- $members := list }}
{{- range until (int .Values.replicaCount) }}
{{- $members = append $members (printf "%s-%d" $name .) }}
{{- end }}
{{- $ports := printf "%d:%d" (int .Values.containerPorts.follower) (int .Values.containerPorts.election) }}
{{- range until (int .Values.observers.replicaCount) }}
{{- $members = append $members (printf "%s-observer-%d:%s:observer" $name (add 100 .) $ports) }}
{{- end }}
{{- join ";" $members }}
{{- end }}

{{- /* `true` where the Secret of a side holds key stores of Java, which ZooKeeper reads as they are; PEM goes by the settings of TLS. */}}
{{- define "zookeeper.isJavaStore" -}}
{{- if and .enabled (regexMatch "[.](jks|p12)$" .existingSecretKeystoreKey) }}true{{ end }}
{{- end }}

{{- /* Lines of zoo.cfg for both key stores of a side. {prefix, tls, folder} */}}
{{- define "zookeeper.stores" -}}
{{- $passwords := printf "%s/passwords" .folder }}
{{- range $store, $file := dict "keyStore" .tls.existingSecretKeystoreKey "trustStore" (.tls.existingSecretTruststoreKey | default "ca.crt") }}
{{ $.prefix }}.{{ $store }}.location={{ $.folder }}/{{ $file }}
{{- if not (regexMatch "[.](pem|jks|p12)$" $file) }}
{{ $.prefix }}.{{ $store }}.type=PEM
{{- end }}
{{- if $.tls.passwordsSecretName }}
{{ $.prefix }}.{{ $store }}.passwordPath={{ $passwords }}/{{ lower $store }}-password
{{- end }}
{{- end }}
{{- end }}

{{- /* Lines of zoo.cfg that are no secret. */}}
{{- define "zookeeper.extraConfig" -}}
{{- $tls := .Values.tls }}
{{- if include "zookeeper.isJavaStore" $tls.client }}
secureClientPort={{ int .Values.containerPorts.tls }}
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.clientAuth={{ $tls.client.auth }}
{{- include "zookeeper.stores" (dict "prefix" "ssl" "tls" $tls.client "folder" "/etc/zookeeper-tls/client") }}
{{- end }}
{{- if include "zookeeper.isJavaStore" $tls.quorum }}
{{- if ne $tls.quorum.mode "accept" }}
sslQuorum=true
{{- end }}
{{- if ne $tls.quorum.mode "tls" }}
portUnification=true
{{- end }}
{{- /* The member that connects still compares names; the one that accepts knows an address alone (docs/operations.md). */}}
ssl.quorum.clientHostnameVerification=false
{{- include "zookeeper.stores" (dict "prefix" "ssl.quorum" "tls" $tls.quorum "folder" "/etc/zookeeper-tls/quorum") }}
{{- end }}
{{- with .Values.extraConfig }}
{{ . }}
{{- end }}
{{- end }}

{{- /* `true` where no client outside of the pod reaches the port without TLS. */}}
{{- define "zookeeper.isPlainClosed" -}}
{{- if and .Values.service.disableBaseClientPort (not (include "zookeeper.isJavaStore" .Values.tls.client)) }}true{{ end }}
{{- end }}

{{- /* The variables of TLS, from files as Kubernetes mounts them. */}}
{{- define "zookeeper.tlsSettings" -}}
{{- $settings := dict }}
{{- range $side := list "client" "quorum" }}
{{- $tls := index $.Values.tls $side }}
{{- if and $tls.enabled (not (include "zookeeper.isJavaStore" $tls)) }}
{{- $folder := printf "/etc/zookeeper-tls/%s" $side }}
{{- $_ := set $settings (printf "ZK_%s_TLS_DIR" (upper $side)) $folder }}
{{- if $tls.passwordsSecretName }}
{{- $_ := set $settings "ZK_TLS_KEY_PASSWORD_FILE" (printf "%s/passwords/keystore-password" $folder) }}
{{- end }}
{{- with $.Values.tls.trustBundle }}
{{- if .configMapName }}
{{- $_ := set $settings "ZK_TLS_CA" (printf "/etc/zookeeper-tls/trust/%s" .key) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if $settings.ZK_CLIENT_TLS_DIR }}
{{- $_ := set $settings "ZK_CLIENT_TLS" (ternary "tls" "both" .Values.service.disableBaseClientPort) }}
{{- $_ := set $settings "ZK_CLIENT_CERTIFICATES" .Values.tls.client.auth }}
{{- $_ := set $settings "ZK_SECURE_CLIENT_PORT" (toString (int .Values.containerPorts.tls)) }}
{{- end }}
{{- if $settings.ZK_QUORUM_TLS_DIR }}
{{- $_ := set $settings "ZK_QUORUM_TLS" .Values.tls.quorum.mode }}
{{- end }}
{{- toYaml $settings }}
{{- end }}

{{- /* The variables of logins, from files as Kubernetes mounts them. */}}
{{- define "zookeeper.authSettings" -}}
{{- $auth := .Values.auth }}
{{- $settings := dict }}
{{- if $auth.kerberos.existingSecret }}
{{- $_ := set $settings "ZK_KERBEROS_KEYTAB" "/etc/zookeeper-auth/kerberos/zookeeper.keytab" }}
{{- $_ := set $settings "ZK_KERBEROS_PRINCIPAL" $auth.kerberos.principal }}
{{- if $auth.kerberos.configMapName }}
{{- $_ := set $settings "ZK_KERBEROS_CONF" "/etc/zookeeper-auth/kerberos/krb5.conf" }}
{{- end }}
{{- if not $auth.client.enabled }}
{{- $_ := set $settings "ZK_CLIENT_LOGIN" "off" }}
{{- end }}
{{- if not $auth.quorum.enabled }}
{{- $_ := set $settings "ZK_QUORUM_LOGIN" "off" }}
{{- end }}
{{- end }}
{{- if $auth.client.enabled }}
{{- if $auth.client.existingSecret }}
{{- $_ := set $settings "ZK_CLIENT_USERS_FILE" "/etc/zookeeper-auth/client/users" }}
{{- end }}
{{- $_ := set $settings "ZK_CLIENT_LOGIN" (ternary "require" "accept" $auth.client.required) }}
{{- end }}
{{- if $auth.quorum.enabled }}
{{- if $auth.quorum.user }}
{{- $_ := set $settings "ZK_QUORUM_USER" $auth.quorum.user }}
{{- $_ := set $settings "ZK_QUORUM_PASSWORD_FILE" "/etc/zookeeper-auth/quorum/password" }}
{{- if $auth.quorum.existingSecretUsersKey }}
{{- $_ := set $settings "ZK_QUORUM_USERS_FILE" "/etc/zookeeper-auth/quorum/users" }}
{{- end }}
{{- end }}
{{- $_ := set $settings "ZK_QUORUM_LOGIN" $auth.quorum.mode }}
{{- end }}
{{- if $auth.peers.existingSecret }}
{{- $_ := set $settings "ZK_PEER_KEY_FILE" "/etc/zookeeper-auth/peers/key" }}
{{- if ne $auth.peers.mode "need" }}
{{- $_ := set $settings "ZK_PEER_AUTH" $auth.peers.mode }}
{{- end }}
{{- end }}
{{- with $auth.superUser }}
{{- $_ := set $settings "ZK_SUPER_USER" . }}
{{- end }}
{{- toYaml $settings }}
{{- end }}

{{- /* The mounts of logins. */}}
{{- define "zookeeper.authMounts" -}}
{{- $auth := .Values.auth }}
{{- if and $auth.client.enabled $auth.client.existingSecret }}
- { name: auth-client, mountPath: /etc/zookeeper-auth/client, readOnly: true }
{{- end }}
{{- if and $auth.quorum.enabled $auth.quorum.user }}
- { name: auth-quorum, mountPath: /etc/zookeeper-auth/quorum, readOnly: true }
{{- end }}
{{- if $auth.peers.existingSecret }}
- { name: auth-peers, mountPath: /etc/zookeeper-auth/peers, readOnly: true }
{{- end }}
{{- if $auth.kerberos.existingSecret }}
- { name: auth-kerberos, mountPath: /etc/zookeeper-auth/kerberos, readOnly: true }
{{- end }}
{{- end }}

{{- /* Their volumes. 288 is 0440 in octal: read by the group of the pod. */}}
{{- define "zookeeper.authVolumes" -}}
{{- with .Values.auth }}
{{- if and .client.enabled .client.existingSecret }}
- name: auth-client
  secret:
    secretName: {{ .client.existingSecret }}
    defaultMode: 288
    items:
      - { key: {{ .client.existingSecretUsersKey }}, path: users }
{{- end }}
{{- if and .quorum.enabled .quorum.user }}
- name: auth-quorum
  secret:
    secretName: {{ .quorum.existingSecret }}
    defaultMode: 288
    items:
      - { key: {{ .quorum.existingSecretPasswordKey }}, path: password }
      {{- if .quorum.existingSecretUsersKey }}
      - { key: {{ .quorum.existingSecretUsersKey }}, path: users }
      {{- end }}
{{- end }}
{{- if .peers.existingSecret }}
- name: auth-peers
  secret:
    secretName: {{ .peers.existingSecret }}
    defaultMode: 288
    items:
      - { key: {{ .peers.existingSecretKey }}, path: key }
{{- end }}
{{- if .kerberos.existingSecret }}
- name: auth-kerberos
  projected:
    defaultMode: 288
    sources:
      - secret:
          name: {{ .kerberos.existingSecret }}
          items:
            - { key: {{ .kerberos.existingSecretKeytabKey }}, path: zookeeper.keytab }
      {{- with .kerberos.configMapName }}
      - configMap:
          name: {{ . }}
          items:
            - { key: krb5.conf, path: krb5.conf }
      {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The mounts of both sides. */}}
{{- define "zookeeper.tlsMounts" -}}
{{- range $side := list "client" "quorum" }}
{{- if (index $.Values.tls $side).enabled }}
- { name: tls-{{ $side }}, mountPath: /etc/zookeeper-tls/{{ $side }}, readOnly: true }
{{- end }}
{{- end }}
{{- if .Values.tls.trustBundle.configMapName }}
- { name: tls-trust, mountPath: /etc/zookeeper-tls/trust, readOnly: true }
{{- end }}
{{- end }}

{{- /* Their volumes: files under the names by which they are read. */}}
{{- define "zookeeper.tlsVolumes" -}}
{{- range $side := list "client" "quorum" }}
{{- $tls := index $.Values.tls $side }}
{{- if $tls.enabled }}
{{- $store := $tls.existingSecretKeystoreKey }}
{{- $trust := $tls.existingSecretTruststoreKey }}
- name: tls-{{ $side }}
  projected:
    # 0440 in octal: read by the group of the pod.
    defaultMode: 288
    sources:
      - secret:
          name: {{ include "zookeeper.tlsSecret" (dict "root" $ "tls" $tls) }}
          {{- if and (or $store $trust) (not (include "zookeeper.isJavaStore" $tls)) }}
          items:
            {{- if $store }}
            - { key: {{ $store }}, path: credentialbundle.pem }
            {{- else }}
            - { key: tls.crt, path: tls.crt }
            - { key: tls.key, path: tls.key }
            {{- end }}
            - { key: {{ $trust | default "ca.crt" }}, path: ca.crt }
          {{- end }}
      {{- with $tls.passwordsSecretName }}
      - secret:
          name: {{ . }}
          items:
            - { key: keystore-password, path: passwords/keystore-password }
            {{- if include "zookeeper.isJavaStore" $tls }}
            - { key: truststore-password, path: passwords/truststore-password }
            {{- end }}
      {{- end }}
{{- end }}
{{- end }}
{{- with .Values.tls.trustBundle.configMapName }}
- name: tls-trust
  configMap: { name: {{ . }} }
{{- end }}
{{- end }}

{{- define "zookeeper.dataLogDir" -}}
{{ .Values.dataLogDir | default "/var/lib/zookeeper/log" }}
{{- end }}

{{- /* What every member is told, a variable a line. A value that is not set leaves the program its default. */}}
{{- define "zookeeper.settings" -}}
{{- $values := .Values }}
{{- $settings := dict "ZK_READINESS" $values.readiness "ZK_MEMBERSHIP" $values.membership }}
{{- if $values.observers.replicaCount }}
{{- $_ := set $settings "ZK_ENSEMBLE" (include "zookeeper.ensemble" .) }}
{{- else }}
{{- $_ := set $settings "ZK_REPLICAS" (toString (int $values.replicaCount)) }}
{{- end }}
{{- range $variable, $number := dict
  "ZK_TICK_TIME" $values.tickTime "ZK_INIT_LIMIT" $values.initLimit "ZK_SYNC_LIMIT" $values.syncLimit
  "ZK_MAX_CLIENT_CNXNS" $values.maxClientCnxns "ZK_MIN_SESSION_TIMEOUT" $values.minSessionTimeout
  "ZK_MAX_SESSION_TIMEOUT" $values.maxSessionTimeout "ZK_SNAP_RETAIN_COUNT" $values.autopurge.snapRetainCount
  "ZK_PURGE_INTERVAL" $values.autopurge.purgeInterval }}
{{- if not (kindIs "invalid" $number) }}
{{- $_ := set $settings $variable (toString (int64 $number)) }}
{{- end }}
{{- end }}
{{- range $variable, $pair := dict
  "ZK_MYID_OFFSET" (list $values.minServerId 1)
  "ZK_CLIENT_PORT" (list $values.containerPorts.client 2181)
  "ZK_SERVER_PORT" (list $values.containerPorts.follower 2888)
  "ZK_ELECTION_PORT" (list $values.containerPorts.election 3888)
  "ZK_HEALTH_PORT" (list $values.containerPorts.health 8090) }}
{{- if ne (int (first $pair)) (last $pair) }}
{{- $_ := set $settings $variable (toString (int (first $pair))) }}
{{- end }}
{{- end }}
{{- range $variable, $text := dict
  "JVMFLAGS" $values.jvmFlags "ZK_4LW_WHITELIST" $values.fourlwCommandsWhitelist "ZK_LOG_LEVEL" $values.logLevel
  "ZK_DATA_LOG_DIR" $values.dataLogDir "ZK_STOP_DELAY" $values.stopDelay }}
{{- with $text }}
{{- $_ := set $settings $variable . }}
{{- end }}
{{- end }}
{{- if ne $values.logFormat "text" }}
{{- $_ := set $settings "ZK_LOG_FORMAT" $values.logFormat }}
{{- end }}
{{- if $values.metrics.ports }}
{{- $ports := list }}
{{- range $values.metrics.ports }}
{{- $ports = append $ports (toString (int .)) }}
{{- end }}
{{- $_ := set $settings "ZK_METRICS_PORTS" (join "," $ports) }}
{{- end }}
{{- if $values.listenOnAllIPs }}
{{- $_ := set $settings "ZK_QUORUM_LISTEN_ON_ALL_IPS" "true" }}
{{- end }}
{{- if include "zookeeper.idsOfPlatform" . }}
{{- /* OpenShift sets the fsGroup that the manifest does not. */}}
{{- $_ := set $settings "ZK_IGNORE_FINDINGS" "ZK-MANIFEST-013" }}
{{- end }}
{{- if $values.heapSize }}
{{- $_ := set $settings "ZK_HEAP_SIZE" (ternary (toString $values.heapSize) (printf "%dm" (int $values.heapSize)) (kindIs "string" $values.heapSize)) }}
{{- end }}
{{- $settings = merge $settings (include "zookeeper.tlsSettings" . | fromYaml) (include "zookeeper.authSettings" . | fromYaml) }}
{{- if not $values.existingSecret }}
{{- with include "zookeeper.extraConfig" . | trim }}
{{- $_ := set $settings "ZK_EXTRA_CONFIG" (printf "%s\n" .) }}
{{- end }}
{{- end }}
{{- toYaml $settings }}
{{- end }}

{{- /* What of the settings restarts the pods: with a dynamic membership the first members mean nothing later. */}}
{{- define "zookeeper.restartsWith" -}}
{{- $settings := include "zookeeper.settings" . | fromYaml }}
{{- if eq .Values.membership "dynamic" }}
{{- $settings = omit $settings "ZK_REPLICAS" "ZK_ENSEMBLE" }}
{{- end }}
{{- toYaml $settings }}
{{- end }}

{{- /* The Secret of a side's stores. {root, tls} */}}
{{- define "zookeeper.tlsSecret" -}}
{{ .tls.existingSecret | default (printf "%s-tls" (include "zookeeper.fullname" .root)) }}
{{- end }}
