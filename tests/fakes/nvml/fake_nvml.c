/* A stand-in for libnvidia-ml.so.1 that does what a scenario file says (ENGINEROOM_FAKE_NVML names it; README.md tells
 * the keys).  Every line is "KEY VALUE" or, from a round on, "KEY@ROUND VALUE"; the highest round that has come wins.
 * The round is ENGINEROOM_FAKE_NVML_ROUND, a number or @FILE with one; without it, seconds since this process first
 * asked.
 * ENGINEROOM_FAKE_NVML_CALLS names a file to which one line per call is appended. */

#define _GNU_SOURCE
#include <dirent.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7,
    TIMEOUT = 10, GPU_IS_LOST = 15, VERSION_MISMATCH = 25, MAX_CARDS = 16, MAX_HANDLES = 4096, MAX_LINES = 4096
};

int engineroom_simulated_nvml = 1;

typedef struct { int card, stale; char prefix[16]; } Handle;
typedef struct { unsigned hash; int round; char key[48]; char *value; } Line;
typedef struct { unsigned version; unsigned long long total, reserved, free, used; } MemoryV2;
typedef struct { unsigned version, sensor; int celsius; } TemperatureV1;
typedef struct { unsigned version; int celsius; } MarginV1;
typedef struct { unsigned version, value; } AddressingV1;
typedef struct { char legacy[16]; unsigned domain, bus, device, device_id, subsystem_id; char id[32]; } Pci;
typedef struct { unsigned pid; unsigned long long bytes; unsigned gpu_instance, compute_instance; } Process;
typedef struct { unsigned pid; unsigned long long bytes; unsigned gpu_instance, compute_instance; unsigned long long guarded; } WideProcess;
typedef struct { Handle *card; unsigned long long kind, data; unsigned gpu_instance, compute_instance; } Event;
typedef struct { int in_use, listens[MAX_CARDS]; Handle *cards[MAX_CARDS]; } EventSet;
typedef union { double real; unsigned u; unsigned long ul; unsigned long long ull; long long sll; } Value;
typedef struct {
    uint32_t field, scope; int64_t timestamp, latency_us; unsigned type; unsigned code; Value value;
} FieldValue;

static Handle handles[MAX_HANDLES];
static int handle_count, open_count;
static Line lines[MAX_LINES];
static int line_count = -1, told[MAX_LINES];
static EventSet event_set;

static unsigned hash_of(const char *text)
{
    unsigned hash = 5381;
    while (*text) hash = hash * 33 ^ (unsigned char)*text++;
    return hash;
}

static void load(void)
{
    const char *path = getenv("ENGINEROOM_FAKE_NVML");
    FILE *file = path ? fopen(path, "r") : NULL;
    char text[1024];
    for (int i = 0; i < line_count; i++) free(lines[i].value);
    line_count = 0;
    while (file && fgets(text, sizeof text, file) && line_count < MAX_LINES) {
        char *space = strchr(text, ' '), *at;
        text[strcspn(text, "\n")] = 0;
        if (text[0] == '#' || !space) continue;
        *space = 0;
        Line *line = &lines[line_count++];
        line->round = 0;
        if ((at = strchr(text, '@'))) { *at = 0; line->round = atoi(at + 1); }
        snprintf(line->key, sizeof line->key, "%.47s", text);
        line->hash = hash_of(line->key);
        line->value = strdup(space + 1);
    }
    if (file) fclose(file);
}

static int round_now(void)
{
    const char *given = getenv("ENGINEROOM_FAKE_NVML_ROUND"), *began = getenv("ENGINEROOM_FAKE_NVML_BEGAN");
    struct timespec now;
    char text[32];
    if (given && given[0] == '@') {
        FILE *file = fopen(given + 1, "r");
        int round = 0;
        if (file && fscanf(file, "%d", &round) != 1) round = 0;
        if (file) fclose(file);
        return round;
    }
    if (given) return atoi(given);
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (began) return (int)(now.tv_sec - atoll(began));
    /* In the environment, so that it outlives a library that is closed and opened again. */
    snprintf(text, sizeof text, "%lld", (long long)now.tv_sec);
    setenv("ENGINEROOM_FAKE_NVML_BEGAN", text, 1);
    return 0;
}

static const char *look_up(const char *key)
{
    unsigned hash = hash_of(key);
    const Line *best = NULL;
    int round = round_now();
    if (line_count < 0) load();
    for (const Line *line = lines; line < lines + line_count; line++)
        if (line->hash == hash && line->round <= round && (!best || line->round >= best->round) &&
            strcmp(line->key, key) == 0) best = line;
    return best ? best->value : NULL;
}

static long long number(const char *key, long long otherwise)
{
    const char *value = look_up(key);
    return value ? strtoll(value, NULL, 0) : otherwise;
}

static void count_call(const char *prefix, const char *what)
{
    const char *path = getenv("ENGINEROOM_FAKE_NVML_CALLS");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (!file) return;
    fprintf(file, "%s%s\n", prefix, what);
    fclose(file);
}

static const char *key_of(const Handle *card, const char *field, const char *suffix)
{
    static _Thread_local char key[96];
    snprintf(key, sizeof key, "%s%s%s", card->prefix, field, suffix);
    return key;
}

/* Programs that live and say themselves what they hold: files in the folder ENGINEROOM_FAKE_NVML_HOLDERS, as the double of
 * TensorRT-LLM writes them. Writes those of a card, as many as there is room for; their number and bytes. */
static int holders(const Handle *card, WideProcess *list, int room, unsigned long long *bytes)
{
    const char *folder = getenv("ENGINEROOM_FAKE_NVML_HOLDERS"), *uuid = look_up(key_of(card, "uuid", ""));
    DIR *open_folder = folder && uuid ? opendir(folder) : NULL;
    int found = 0;
    *bytes = 0;
    for (struct dirent *entry; open_folder && (entry = readdir(open_folder));) {
        char path[1024], text[1024] = "", *at;
        unsigned pid = 0;
        unsigned long long held = 0;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = strstr(entry->d_name, ".json") ? fopen(path, "r") : NULL;
        if (!file) continue;
        text[fread(text, 1, sizeof text - 1, file)] = 0;
        fclose(file);
        if ((at = strstr(text, "\"pid\": "))) pid = (unsigned)atoi(at + 7);
        if ((at = strstr(text, "\"used_bytes\": "))) held = strtoull(at + 14, NULL, 10);
        if (!pid || !strstr(text, uuid) || kill((pid_t)pid, 0)) continue;
        if (found < room) list[found] = (WideProcess){ pid, held, ~0u, ~0u, 0 };
        *bytes += held;
        found++;
    }
    if (open_folder) closedir(open_folder);
    return found;
}

static long long held_by_holders(const Handle *card)
{
    unsigned long long bytes;
    holders(card, NULL, 0, &bytes);
    return (long long)bytes;
}

/* Counts the call, waits where it should hang, and says which code it returns.  A handle that has seen its card lost
 * stays useless; a new one from a later nvmlInit works again. */
static int about(Handle *card, const char *field)
{
    char lost[32];
    const char *hang;
    if (!open_count) return UNINITIALIZED;
    count_call(card->prefix, field);
    snprintf(lost, sizeof lost, "%d.lost", card->card);
    if (number(lost, 0)) card->stale = 1;
    if (card->stale) return GPU_IS_LOST;
    if ((hang = look_up(key_of(card, field, "_hang_s")))) usleep((useconds_t)(atof(hang) * 1e6));
    return (int)number(key_of(card, field, "!"), SUCCESS);
}

static int value_of(Handle *card, const char *field, long long *value)
{
    const char *text = look_up(key_of(card, field, ""));
    if (!text) return NOT_SUPPORTED;
    *value = strtoll(text, NULL, 0);
    return SUCCESS;
}

static int one(Handle *card, const char *field, long long *value)
{
    int code = about(card, field);
    return code ? code : value_of(card, field, value);
}

static int unsigned_of(Handle *card, const char *field, unsigned *out)
{
    long long value = 0;
    int code = one(card, field, &value);
    if (!code) *out = (unsigned)value;
    return code;
}

/* Two numbers apart by a dot: "8.9", "1.1". */
static int pair_of(Handle *card, const char *field, unsigned *first, unsigned *second)
{
    int code = about(card, field);
    const char *text = code ? NULL : look_up(key_of(card, field, ""));
    if (code) return code;
    return text && sscanf(text, "%u.%u", first, second) == 2 ? SUCCESS : NOT_SUPPORTED;
}

static int text_of(Handle *card, const char *field, char *out, unsigned size)
{
    int code = about(card, field);
    const char *text = code ? NULL : look_up(key_of(card, field, ""));
    unsigned byte;
    if (code) return code;
    if (!text) return NOT_SUPPORTED;
    for (const char *from = text; *from && size > 1; size--) {
        if (sscanf(from, "\\x%2x", &byte) == 1) { *out++ = (char)byte; from += 4; }
        else *out++ = *from++;
    }
    *out = 0;
    return SUCCESS;
}

static Handle *new_handle(int card, const char *prefix)
{
    Handle *handle = &handles[handle_count++ % MAX_HANDLES];
    handle->card = card;
    handle->stale = 0;
    snprintf(handle->prefix, sizeof handle->prefix, "%s", prefix);
    return handle;
}

/* "order 1 0" says which cards there are, in the order of their indices; else they are 0 to count - 1. */
static int cards_now(int *order)
{
    const char *text = look_up("order");
    int count = 0, used = 0;
    if (text) {
        while (count < MAX_CARDS && sscanf(text, "%d%n", &order[count], &used) == 1) { text += used; count++; }
        return count;
    }
    count = (int)number("count", 0);
    for (int i = 0; i < count && i < MAX_CARDS; i++) order[i] = i;
    return count;
}

int nvmlInitWithFlags(unsigned flags)
{
    (void)flags;
    load();
    count_call("", "init");
    int code = (int)number("init", SUCCESS);
    if (!code) open_count++;
    return code;
}

int nvmlShutdown(void)
{
    count_call("", "shutdown");
    if (!open_count) return UNINITIALIZED;
    open_count--;
    return SUCCESS;
}

const char *nvmlErrorString(int code)
{
    switch (code) {
    case 4: return "Insufficient Permissions";
    case 9: return "Driver Not Loaded";
    case 15: return "GPU is lost";
    case 18: return "Driver/library version mismatch";
    default: return "An error of the fake";
    }
}

int nvmlSystemGetDriverVersion(char *version, unsigned size)
{
    const char *text = look_up("driver");
    if (!text) return NOT_SUPPORTED;
    snprintf(version, size, "%s", text);
    return SUCCESS;
}

int nvmlSystemGetCudaDriverVersion_v2(int *version)
{
    const char *text = look_up("cuda");
    if (!text) return 12;
    *version = atoi(text);
    return (int)number("cuda!", SUCCESS);
}

int nvmlDeviceGetCount_v2(unsigned *count)
{
    int order[MAX_CARDS];
    *count = (unsigned)cards_now(order);
    return (int)number("count!", SUCCESS);
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, Handle **card)
{
    int order[MAX_CARDS];
    char prefix[16];
    if (!open_count) return UNINITIALIZED;
    if ((int)index >= cards_now(order) || index >= MAX_CARDS) return INVALID_ARGUMENT;
    snprintf(prefix, sizeof prefix, "%d.", order[index]);
    *card = new_handle(order[index], prefix);
    int code = (int)number(key_of(*card, "lost", ""), 0) ? GPU_IS_LOST : SUCCESS;
    return (int)number(key_of(*card, "handle", "!"), code);
}

int nvmlDeviceGetUUID(Handle *card, char *uuid, unsigned size) { return text_of(card, "uuid", uuid, size); }
int nvmlDeviceGetName(Handle *card, char *name, unsigned size) { return text_of(card, "name", name, size); }

int nvmlDeviceGetPciInfo_v3(Handle *card, Pci *pci)
{
    memset(pci, 0, sizeof *pci);
    int code = text_of(card, "pci", pci->id, sizeof pci->id);
    if (!code) sscanf(pci->id, "%x:%x:%x", &pci->domain, &pci->bus, &pci->device);
    return code;
}

#define NUMBER(function, field) int function(Handle *card, unsigned *out) { return unsigned_of(card, field, out); }
NUMBER(nvmlDeviceGetArchitecture, "arch")
NUMBER(nvmlDeviceGetPowerUsage, "power")
NUMBER(nvmlDeviceGetEnforcedPowerLimit, "limit")
NUMBER(nvmlDeviceGetPowerManagementLimit, "set_limit")
NUMBER(nvmlDeviceGetPowerManagementDefaultLimit, "default_limit")
NUMBER(nvmlDeviceGetMemoryBusWidth, "bus_width")
NUMBER(nvmlDeviceGetNumFans, "fans")
NUMBER(nvmlDeviceGetMaxPcieLinkGeneration, "link_generation")
NUMBER(nvmlDeviceGetMaxPcieLinkWidth, "link_width")
NUMBER(nvmlDeviceGetPerformanceState, "pstate")
NUMBER(nvmlDeviceGetMaxMigDeviceCount, "mig_count")
NUMBER(nvmlDeviceGetDisplayActive, "display")
NUMBER(nvmlDeviceGetComputeMode, "compute_mode")

int nvmlDeviceGetCudaComputeCapability(Handle *card, unsigned *major, unsigned *minor)
{
    return pair_of(card, "cc", major, minor);
}

int nvmlDeviceGetPowerManagementLimitConstraints(Handle *card, unsigned *least, unsigned *most)
{
    return pair_of(card, "limit_range", least, most);
}

int nvmlDeviceGetEccMode(Handle *card, unsigned *now, unsigned *pending) { return pair_of(card, "ecc", now, pending); }
int nvmlDeviceGetMigMode(Handle *card, unsigned *now, unsigned *pending) { return pair_of(card, "mig", now, pending); }

int nvmlDeviceGetDriverModel_v2(Handle *card, unsigned *now, unsigned *pending)
{
    return pair_of(card, "driver_model", now, pending);
}

int nvmlDeviceGetMigDeviceHandleByIndex(Handle *card, unsigned index, Handle **instance)
{
    char prefix[16];
    snprintf(prefix, sizeof prefix, "%d.m%u.", card->card, index);
    *instance = new_handle(card->card, prefix);
    return look_up(key_of(*instance, "uuid", "")) ? SUCCESS : NOT_FOUND;
}

int nvmlDeviceGetNvLinkState(Handle *card, unsigned link, unsigned *active)
{
    long long links = 0;
    int code = one(card, "nvlinks", &links);
    if (code) return code;
    if (link >= (unsigned)links) return INVALID_ARGUMENT;
    *active = 1;
    return SUCCESS;
}

int nvmlDeviceGetAddressingMode(Handle *card, AddressingV1 *mode)
{
    if (mode->version != (sizeof *mode | 1u << 24)) return VERSION_MISMATCH;
    return unsigned_of(card, "addressing", &mode->value);
}

int nvmlDeviceGetMemoryInfo(Handle *card, unsigned long long *memory)
{
    long long total, used;
    int code = about(card, "memory");
    if (code || (code = value_of(card, "total", &total)) || (code = value_of(card, "used", &used))) return code;
    used += number(key_of(card, "reserved", ""), 0) + held_by_holders(card);
    memory[0] = (unsigned long long)total;
    memory[1] = (unsigned long long)(total - used);
    memory[2] = (unsigned long long)used;
    return SUCCESS;
}

int nvmlDeviceGetMemoryInfo_v2(Handle *card, MemoryV2 *memory)
{
    long long total, used;
    if (memory->version != (sizeof *memory | 2u << 24)) return VERSION_MISMATCH;
    int code = about(card, "memory2");
    if (code || (code = value_of(card, "total", &total)) || (code = value_of(card, "used", &used))) return code;
    used += held_by_holders(card);
    memory->total = (unsigned long long)total;
    memory->used = (unsigned long long)used;
    memory->reserved = (unsigned long long)number(key_of(card, "reserved", ""), 0);
    memory->free = memory->total - memory->used - memory->reserved;
    return SUCCESS;
}

int nvmlDeviceGetTotalEnergyConsumption(Handle *card, unsigned long long *millijoules)
{
    long long value = 0;
    int code = one(card, "energy", &value);
    *millijoules = (unsigned long long)value;
    return code;
}

int nvmlDeviceGetFieldValues(Handle *card, int count, FieldValue *values)
{
    char field[32];
    int code = about(card, "fields");
    for (int i = 0; !code && i < count; i++) {
        long long value = 0;
        snprintf(field, sizeof field, values[i].scope ? "field%u_scope%u" : "field%u", values[i].field, values[i].scope);
        values[i].type = 3;
        values[i].code = (unsigned)number(key_of(card, field, "!"), SUCCESS);
        if (!values[i].code) values[i].code = (unsigned)value_of(card, field, &value);
        if (values[i].code) continue;
        values[i].type = (unsigned)number(key_of(card, field, "_type"), 3);
        if (values[i].type == 0) values[i].value.real = (double)value;
        else if (values[i].type == 1) values[i].value.u = (unsigned)value;
        else values[i].value.sll = value;
    }
    return code;
}

int nvmlDeviceGetUtilizationRates(Handle *card, unsigned *rates)
{
    int code = unsigned_of(card, "busy", &rates[0]);
    if (!code) rates[1] = (unsigned)number(key_of(card, "memory_busy", ""), 0);
    return code;
}

int nvmlDeviceGetClockInfo(Handle *card, unsigned kind, unsigned *mhz)
{
    return unsigned_of(card, kind == 2 ? "memory_clock" : "sm_clock", mhz);
}

int nvmlDeviceGetMaxClockInfo(Handle *card, unsigned kind, unsigned *mhz)
{
    return unsigned_of(card, kind == 2 ? "max_memory_clock" : "max_sm_clock", mhz);
}

int nvmlDeviceGetTemperatureV(Handle *card, TemperatureV1 *temperature)
{
    long long value = 0;
    if (temperature->version != (sizeof *temperature | 1u << 24)) return VERSION_MISMATCH;
    int code = about(card, "tempv");
    if (!code) code = value_of(card, "temp", &value);
    temperature->celsius = (int)value;
    return code;
}

int nvmlDeviceGetTemperature(Handle *card, unsigned sensor, unsigned *celsius)
{
    (void)sensor;
    return unsigned_of(card, "temp", celsius);
}

int nvmlDeviceGetMarginTemperature(Handle *card, MarginV1 *margin)
{
    if (margin->version != (sizeof *margin | 1u << 24)) return VERSION_MISMATCH;
    return unsigned_of(card, "margin", (unsigned *)&margin->celsius);
}

int nvmlDeviceGetFanSpeed_v2(Handle *card, unsigned fan, unsigned *percent)
{
    (void)fan;
    return unsigned_of(card, "fan", percent);
}

static int reasons(Handle *card, const char *field, unsigned long long *mask)
{
    long long value = 0;
    int code = about(card, field);
    if (!code) code = value_of(card, "throttle", &value);
    *mask = (unsigned long long)value;
    return code;
}

int nvmlDeviceGetCurrentClocksEventReasons(Handle *card, unsigned long long *mask)
{
    return reasons(card, "throttle", mask);
}

int nvmlDeviceGetCurrentClocksThrottleReasons(Handle *card, unsigned long long *mask)
{
    return reasons(card, "throttle_old", mask);
}

/* The first process that this one's main thread has started, 0 for none. */
static unsigned first_child(void)
{
    char path[64];
    unsigned pid = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%u", &pid) != 1) pid = 0;
    if (file) fclose(file);
    return pid;
}

static unsigned pid_of(const char *word)
{
    if (!strcmp(word, "self")) return (unsigned)getpid();
    if (!strcmp(word, "parent")) return (unsigned)getppid();
    return strcmp(word, "child") ? (unsigned)atoi(word) : first_child();
}

/* "PID:BYTES PID:-"; the pid may be "self" (this process), "parent" or "child", and "-" is what Windows says of the
 * bytes. */
static int processes(Handle *card, const char *field, const char *call, unsigned *count, void *list, size_t each)
{
    int code = about(card, call), found = 0;
    const char *text = code ? NULL : look_up(key_of(card, field, ""));
    char copy[512], *rest = copy, *word;
    if (code) return code;
    if (!text) return NOT_SUPPORTED;
    snprintf(copy, sizeof copy, "%s", text);
    while ((word = strsep(&rest, " "))) {
        char *colon = strchr(word, ':');
        if (!colon) continue;
        *colon = 0;
        if (list && found < (int)*count) {
            WideProcess process = {
                pid_of(word), colon[1] == '-' ? ~0ull : (unsigned long long)strtoll(colon + 1, NULL, 0), ~0u, ~0u, 0
            };
            memcpy((char *)list + (size_t)found * each, &process, each);
        }
        found++;
    }
    if (!strcmp(field, "compute")) {
        WideProcess held[64];
        unsigned long long bytes;
        int more = holders(card, held, 64, &bytes);
        for (int i = 0; i < more && i < 64; i++, found++)
            if (list && found < (int)*count) memcpy((char *)list + (size_t)found * each, &held[i], each);
    }
    code = found > (list ? (int)*count : 0) ? INSUFFICIENT_SIZE : SUCCESS;
    *count = (unsigned)found;
    return code;
}

#ifdef DRIVER_535
/* Early drivers of that series write another structure from the same function, and can be told by what else they
 * export: this, and not nvmlDeviceGetRunningProcessDetailList. */
enum { THIRD = sizeof(WideProcess) };
int nvmlDeviceGetConfComputeMemSizeInfo(Handle *card, void *info) { (void)card; (void)info; return NOT_SUPPORTED; }
#else
enum { THIRD = sizeof(Process) };
#endif

#define PROCESSES(function, field, call, each) \
    int function(Handle *card, unsigned *count, void *list) { return processes(card, field, call, count, list, each); }
PROCESSES(nvmlDeviceGetComputeRunningProcesses_v3, "compute", "compute", THIRD)
PROCESSES(nvmlDeviceGetComputeRunningProcesses_v2, "compute", "compute_old", sizeof(Process))
PROCESSES(nvmlDeviceGetGraphicsRunningProcesses_v3, "graphics", "graphics", THIRD)
PROCESSES(nvmlDeviceGetGraphicsRunningProcesses_v2, "graphics", "graphics_old", sizeof(Process))

/* Events: "events 1" says that there are any, "0.xid@5 79" that one comes at that round.  Each comes once in the life of
 * a process, and only to a set that listened to the card before. */
int nvmlEventSetCreate(EventSet **set)
{
    count_call("", "event_set");
    if (!number("events", 0)) return NOT_SUPPORTED;
    memset(&event_set, 0, sizeof event_set);
    event_set.in_use = 1;
    *set = &event_set;
    return SUCCESS;
}

int nvmlDeviceRegisterEvents(Handle *card, unsigned long long kinds, EventSet *set)
{
    int code = about(card, "events");
    if (code) return code;
    if (!(kinds & 8) || !set->in_use) return INVALID_ARGUMENT;
    set->listens[card->card] = 1;
    set->cards[card->card] = card;
    return SUCCESS;
}

int nvmlEventSetWait_v2(EventSet *set, Event *event, unsigned timeout_ms)
{
    int code = (int)number("event_wait!", SUCCESS), round = round_now();
    char key[16];
    count_call("", "event_wait");
    if (code) return code;
    for (int i = 0; i < line_count; i++) {
        for (int card = 0; card < MAX_CARDS; card++) {
            snprintf(key, sizeof key, "%d.xid", card);
            if (told[i] || !set->listens[card] || lines[i].round > round || strcmp(lines[i].key, key)) continue;
            told[i] = 1;
            memset(event, 0, sizeof *event);
            event->card = set->cards[card];
            event->kind = 8;
            event->data = strtoull(lines[i].value, NULL, 0);
            return SUCCESS;
        }
    }
    usleep(timeout_ms * 1000u);
    return TIMEOUT;
}

int nvmlEventSetFree(EventSet *set)
{
    count_call("", "event_set_free");
    set->in_use = 0;
    return SUCCESS;
}

/* Sizes and offsets as this compiler sees them, in the order a test of the binding asks for. */
const size_t engineroom_layout[] = {
    sizeof(MemoryV2), offsetof(MemoryV2, total), offsetof(MemoryV2, reserved), offsetof(MemoryV2, free),
    offsetof(MemoryV2, used), sizeof(TemperatureV1), offsetof(TemperatureV1, sensor), offsetof(TemperatureV1, celsius),
    sizeof(MarginV1), offsetof(MarginV1, celsius), sizeof(AddressingV1), offsetof(AddressingV1, value),
    sizeof(Pci), offsetof(Pci, domain), offsetof(Pci, subsystem_id), offsetof(Pci, id),
    sizeof(Process), offsetof(Process, bytes), offsetof(Process, gpu_instance), offsetof(Process, compute_instance),
    sizeof(Event), offsetof(Event, kind), offsetof(Event, data), offsetof(Event, gpu_instance),
    sizeof(FieldValue), offsetof(FieldValue, scope), offsetof(FieldValue, timestamp), offsetof(FieldValue, latency_us),
    offsetof(FieldValue, type), offsetof(FieldValue, code), offsetof(FieldValue, value),
};
