{{- /* A StatefulSet: {root, component, name, replicas, firstOrdinal, resources}. */}}
{{- define "zookeeper.statefulSet" -}}
{{- $root := .root }}
{{- $values := $root.Values }}
{{- $selector := include "zookeeper.selectorLabels" (dict "root" $root "component" .component) }}
{{- $evaluated := dict }}
{{- range $key := list "podLabels" "podAnnotations" "commonLabels" "commonAnnotations" "affinity" "nodeSelector" }}
{{- $_ := set $evaluated $key (include "zookeeper.evaluated" (dict "root" $root "value" (index $values $key)) | fromYaml) }}
{{- end }}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "zookeeper.metadata" (dict "root" $root "name" .name "component" .component) | trim | nindent 2 }}
spec:
  serviceName: {{ include "zookeeper.headless" $root }}
  replicas: {{ int .replicas }}
  podManagementPolicy: {{ $values.podManagementPolicy }}
  updateStrategy:
    {{- toYaml $values.updateStrategy | nindent 4 }}
  {{- if not (kindIs "invalid" $values.revisionHistoryLimit) }}
  revisionHistoryLimit: {{ int $values.revisionHistoryLimit }}
  {{- end }}
  {{- if .firstOrdinal }}
  ordinals:
    start: {{ .firstOrdinal }}
  {{- end }}
  {{- with $values.persistentVolumeClaimRetentionPolicy }}
  {{- if .enabled }}
  persistentVolumeClaimRetentionPolicy:
    whenScaled: {{ .whenScaled }}
    whenDeleted: {{ .whenDeleted }}
  {{- end }}
  {{- end }}
  selector:
    matchLabels:
      {{- $selector | nindent 6 }}
  template:
    metadata:
      annotations:
        # A ConfigMap restarts no pod by itself: what changes here does.
        checksum/config: {{ include "zookeeper.restartsWith" $root | sha256sum }}
        {{- if $values.metrics.enabled }}
        prometheus.io/scrape: "true"
        prometheus.io/port: {{ $values.containerPorts.health | quote }}
        prometheus.io/path: /metrics
        {{- end }}
        {{- with merge (dict) $evaluated.podAnnotations $evaluated.commonAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      labels:
        {{- toYaml (merge (fromYaml $selector) $evaluated.podLabels $evaluated.commonLabels) | nindent 8 }}
    spec:
      # A Service could otherwise set a ZK_ variable of ours in every pod.
      enableServiceLinks: false
      automountServiceAccountToken: {{ or $values.automountServiceAccountToken $values.rbac.create }}
      {{- with include "zookeeper.serviceAccountName" $root }}
      serviceAccountName: {{ . }}
      {{- end }}
      {{- with include "zookeeper.pullSecrets" $root | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      terminationGracePeriodSeconds: {{ int $values.terminationGracePeriodSeconds }}
      {{- if $values.podSecurityContext.enabled }}
      securityContext:
        {{- include "zookeeper.securityContext" (dict "root" $root "context" $values.podSecurityContext) | nindent 8 }}
      {{- end }}
      {{- with $evaluated.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- else }}
      {{- if eq $values.podAntiAffinityPreset "hard" }}
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector:
                matchLabels:
                  {{- $selector | nindent 18 }}
      {{- else if eq $values.podAntiAffinityPreset "soft" }}
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 1
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    {{- $selector | nindent 20 }}
      {{- end }}
      {{- end }}
      {{- with $values.topologySpreadConstraints }}
      topologySpreadConstraints:
        {{- range . }}
        - {{ tpl (toYaml .) $root | nindent 10 | trim }}
          {{- if not .labelSelector }}
          labelSelector:
            matchLabels:
              {{- $selector | nindent 14 }}
          {{- end }}
        {{- end }}
      {{- end }}
      {{- with $evaluated.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- range $key := list "tolerations" "hostAliases" "initContainers" }}
      {{- with index $values $key }}
      {{ $key }}:
        {{- include "zookeeper.evaluated" (dict "root" $root "value" .) | nindent 8 }}
      {{- end }}
      {{- end }}
      {{- range $key := list "priorityClassName" "schedulerName" "dnsPolicy" }}
      {{- with index $values $key }}
      {{ $key }}: {{ . }}
      {{- end }}
      {{- end }}
      {{- with $values.dnsConfig }}
      dnsConfig:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: zookeeper
          image: {{ include "zookeeper.image" $root }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          command: [zk-entrypoint, start]
          env:
            - name: POD_NAME
              valueFrom: { fieldRef: { fieldPath: metadata.name } }
            {{- with $values.existingSecret }}
            - name: SECRET_CONFIG
              valueFrom: { secretKeyRef: { name: {{ . }}, key: extra-config } }
            - name: ZK_EXTRA_CONFIG
              value: {{ printf "%s\n$(SECRET_CONFIG)" (include "zookeeper.extraConfig" $root | trim) | trim | quote }}
            {{- end }}
            {{- with $values.extraEnvVars }}
            {{- include "zookeeper.evaluated" (dict "root" $root "value" .) | nindent 12 }}
            {{- end }}
          envFrom:
            - configMapRef: { name: {{ include "zookeeper.fullname" $root }}-config }
            {{- with $values.extraEnvVarsCM }}
            - configMapRef: { name: {{ tpl . $root }} }
            {{- end }}
            {{- with $values.extraEnvVarsSecret }}
            - secretRef: { name: {{ tpl . $root }} }
            {{- end }}
          ports:
            {{- if not (include "zookeeper.isPlainClosed" $root) }}
            - { name: client, containerPort: {{ int $values.containerPorts.client }} }
            {{- end }}
            {{- if $values.tls.client.enabled }}
            - { name: tls, containerPort: {{ int $values.containerPorts.tls }} }
            {{- end }}
            - { name: server, containerPort: {{ int $values.containerPorts.follower }} }
            - { name: election, containerPort: {{ int $values.containerPorts.election }} }
            - { name: health, containerPort: {{ int $values.containerPorts.health }} }
            {{- range $values.metrics.ports }}
            - { name: metrics-{{ int . }}, containerPort: {{ int . }} }
            {{- end }}
          {{- range $probe, $path := dict "startupProbe" "/startupz" "livenessProbe" "/livez" "readinessProbe" "/readyz" }}
          {{- with index $values $probe }}
          {{- if .enabled }}
          {{ $probe }}:
            httpGet: { path: {{ $path }}, port: {{ int $values.containerPorts.health }} }
            {{- toYaml (omit . "enabled") | nindent 12 }}
          {{- end }}
          {{- end }}
          {{- end }}
          {{- with .resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          resizePolicy:
            - { resourceName: cpu, restartPolicy: NotRequired }
            - { resourceName: memory, restartPolicy: RestartContainer }
          {{- if $values.containerSecurityContext.enabled }}
          securityContext:
            {{- include "zookeeper.securityContext" (dict "root" $root "context" $values.containerSecurityContext) | nindent 12 }}
          {{- end }}
          volumeMounts:
            - { name: data, mountPath: /var/lib/zookeeper }
            {{- if $values.persistence.dataLogDir.enabled }}
            - { name: data-log, mountPath: {{ include "zookeeper.dataLogDir" $root }} }
            {{- end }}
            - { name: conf, mountPath: /opt/zookeeper/conf }
            - { name: log, mountPath: /var/log/zookeeper }
            - { name: tmp, mountPath: /tmp }
            {{- range $mounts := list "zookeeper.tlsMounts" "zookeeper.authMounts" }}
            {{- with include $mounts $root | trim }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- end }}
            {{- with $values.extraVolumeMounts }}
            {{- include "zookeeper.evaluated" (dict "root" $root "value" .) | nindent 12 }}
            {{- end }}
        {{- with $values.sidecars }}
        {{- include "zookeeper.evaluated" (dict "root" $root "value" .) | nindent 8 }}
        {{- end }}
      volumes:
        - name: conf
          emptyDir: { sizeLimit: 1Mi }
        - name: log
          emptyDir: {}
        - name: tmp
          emptyDir: {}
        {{- if not $values.persistence.enabled }}
        - name: data
          emptyDir: {}
        {{- else if $values.persistence.existingClaim }}
        - name: data
          persistentVolumeClaim: { claimName: {{ tpl $values.persistence.existingClaim $root }} }
        {{- end }}
        {{- range $volumes := list "zookeeper.tlsVolumes" "zookeeper.authVolumes" }}
        {{- with include $volumes $root | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- end }}
        {{- with $values.extraVolumes }}
        {{- include "zookeeper.evaluated" (dict "root" $root "value" .) | nindent 8 }}
        {{- end }}
  {{- with $values.persistence }}
  {{- if and .enabled (not .existingClaim) }}
  {{- $class := .storageClass | default ($values.global).defaultStorageClass | default ($values.global).storageClass }}
  volumeClaimTemplates:
    - metadata:
        name: data
        {{- with .labels }}
        labels:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- with .annotations }}
        annotations:
          {{- toYaml . | nindent 10 }}
        {{- end }}
      spec:
        accessModes:
          {{- toYaml .accessModes | nindent 10 }}
        {{- with include "zookeeper.storageClass" $class | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        resources:
          requests:
            storage: {{ .size }}
        {{- with .selector }}
        selector:
          {{- toYaml . | nindent 10 }}
        {{- end }}
    {{- if .dataLogDir.enabled }}
    - metadata:
        name: data-log
        {{- with .labels }}
        labels:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- with .annotations }}
        annotations:
          {{- toYaml . | nindent 10 }}
        {{- end }}
      spec:
        accessModes:
          {{- toYaml .accessModes | nindent 10 }}
        {{- with include "zookeeper.storageClass" (.dataLogDir.storageClass | default $class) | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        resources:
          requests:
            storage: {{ .dataLogDir.size }}
        {{- with .dataLogDir.selector }}
        selector:
          {{- toYaml . | nindent 10 }}
        {{- end }}
    {{- end }}
  {{- end }}
  {{- end }}
{{- end }}
