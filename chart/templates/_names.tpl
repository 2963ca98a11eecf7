{{- /* The name of the StatefulSet, of the Service for clients, and the beginning of every other name. It is never cut
       off: a name that changes leaves the claims behind. */}}
{{- define "zookeeper.fullname" -}}
{{- $chart := .Values.nameOverride | default .Chart.Name }}
{{- $whole := ternary .Release.Name (printf "%s-%s" .Release.Name $chart) (contains $chart .Release.Name) }}
{{- $name := .Values.fullnameOverride | default $whole }}
{{- if gt (len $name) 43 }}
{{- fail (printf "the name %s has %d characters, and at most 43 are possible: set fullnameOverride" $name (len $name)) }}
{{- end }}
{{- $name }}
{{- end }}

{{- define "zookeeper.headless" -}}
{{ include "zookeeper.fullname" . }}-headless
{{- end }}

{{- /* The domain that follows each pod's name. */}}
{{- define "zookeeper.domain" -}}
{{ include "zookeeper.headless" . }}.{{ .Release.Namespace }}.svc.{{ .Values.clusterDomain }}
{{- end }}

{{- /* What a release is selected by; it never changes. */}}
{{- define "zookeeper.releaseLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- /* Labels of one kind of pod: `zookeeper` or `observer`. */}}
{{- define "zookeeper.selectorLabels" -}}
{{ include "zookeeper.releaseLabels" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- /* Labels of the pod that `helm test` runs; no Service selects it. */}}
{{- define "zookeeper.sanityLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name }}-sanity
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: sanity
{{- end }}

{{- /* A value as YAML, evaluated as a template. */}}
{{- define "zookeeper.evaluated" -}}
{{- $text := ternary .value (toYaml .value) (kindIs "string" .value) }}
{{- tpl $text .root }}
{{- end }}

{{- /* metadata of an object: {root, name, namespace, labels, annotations, component}; root and name must be. */}}
{{- define "zookeeper.metadata" -}}
{{- $root := .root }}
{{- $common := include "zookeeper.evaluated" (dict "root" $root "value" $root.Values.commonLabels) | fromYaml }}
{{- $annotations := include "zookeeper.evaluated" (dict "root" $root "value" $root.Values.commonAnnotations) | fromYaml }}
name: {{ .name }}
namespace: {{ .namespace | default $root.Release.Namespace }}
labels:
  {{- $own := include "zookeeper.selectorLabels" (dict "root" $root "component" (.component | default "zookeeper")) | fromYaml }}
  {{- $_ := set $own "app.kubernetes.io/managed-by" $root.Release.Service }}
  {{- $_ := set $own "app.kubernetes.io/version" $root.Chart.AppVersion }}
  {{- $_ := set $own "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_") }}
  {{- toYaml (merge (dict) (.labels | default dict) $own $common) | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "zookeeper.image" -}}
{{- $registry := (.Values.global).imageRegistry | default .Values.image.registry }}
{{- $name := ternary .Values.image.repository (printf "%s/%s" $registry .Values.image.repository) (empty $registry) }}
{{- if .Values.image.digest }}
{{- printf "%s@%s" $name .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" $name (.Values.image.tag | default .Chart.AppVersion) }}
{{- end }}
{{- end }}

{{- define "zookeeper.pullSecrets" -}}
{{- with concat ((.Values.global).imagePullSecrets | default list) .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ if kindIs "string" . }}{{ . }}{{ else }}{{ .name }}{{ end }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "zookeeper.serviceAccountName" -}}
{{- if or .Values.serviceAccount.create .Values.rbac.create }}
{{- .Values.serviceAccount.name | default (include "zookeeper.fullname" .) }}
{{- else }}
{{- .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* `true` where OpenShift chooses the ids of users and groups. */}}
{{- define "zookeeper.idsOfPlatform" -}}
{{- $wanted := dig "compatibility" "openshift" "adaptSecurityContext" "auto" (.Values.global | default dict) }}
{{- $isOpenShift := .Capabilities.APIVersions.Has "security.openshift.io/v1" }}
{{- if or (eq $wanted "force") (and (eq $wanted "auto") $isOpenShift) }}true{{ end }}
{{- end }}

{{- /* A security context without `enabled`. {root, context} */}}
{{- define "zookeeper.securityContext" -}}
{{- $context := omit .context "enabled" }}
{{- if include "zookeeper.idsOfPlatform" .root }}
{{- $context = omit $context "runAsUser" "runAsGroup" "fsGroup" }}
{{- end }}
{{- toYaml $context }}
{{- end }}

{{- /* A StorageClass, where one is named: `-` is none. */}}
{{- define "zookeeper.storageClass" -}}
{{- with . }}
storageClassName: {{ ternary "\"\"" . (eq . "-") }}
{{- end }}
{{- end }}
