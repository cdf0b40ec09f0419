/* A stand-in for libnvidia-ml.so.1 that does what a scenario file says.
 *
 * ENGINEROOM_FAKE_NVML names the file; each line is "KEY VALUE", keys of a card begin with its index:
 *
 *   init 9                  nvmlInitWithFlags returns this code
 *   driver 580.95.05        the driver's version
 *   count 2                 how many cards there are
 *   0.name RTX 5090         its name ("\xff" style escapes are bytes)
 *   0.uuid GPU-1            its UUID
 *   0.total 34359738368     bytes; 0.used likewise
 *   0.power 120500          milliwatts; 0.limit likewise
 *   0.busy 37               percent
 *   0.temp 54               degrees Celsius
 *   0.power! 3              the call returns this code instead (name!, memory!, memory2!, busy!, temp!, tempv!, limit!)
 *   0.lost_after 2          from the third call on, every call about this card returns "GPU is lost"
 *   0.hang_s 30             reading its power takes this long
 *
 * ENGINEROOM_FAKE_NVML_CALLS names a file to which one line per call is appended.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SUCCESS = 0, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, GPU_IS_LOST = 15, MAX_CARDS = 16 };

int engineroom_simulated_nvml = 1;

typedef struct { int index; } Card;
static Card cards[MAX_CARDS];
static int asked[MAX_CARDS];

static const char *look_up(const char *key, char *value, size_t size)
{
    const char *path = getenv("ENGINEROOM_FAKE_NVML");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[512];
    const char *found = NULL;
    size_t length = strlen(key);
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, key, length) == 0 && line[length] == ' ') {
            line[strcspn(line, "\n")] = 0;
            snprintf(value, size, "%s", line + length + 1);
            found = value;
        }
    }
    if (file) fclose(file);
    return found;
}

static long long number(const char *key, long long otherwise)
{
    char value[512];
    return look_up(key, value, sizeof value) ? atoll(value) : otherwise;
}

static void count_call(const char *what, int index)
{
    const char *path = getenv("ENGINEROOM_FAKE_NVML_CALLS");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (!file) return;
    if (index < 0) fprintf(file, "%s\n", what);
    else fprintf(file, "%d.%s\n", index, what);
    fclose(file);
}

static char *key_of(Card *card, const char *field, const char *suffix, char *key, size_t size)
{
    snprintf(key, size, "%d.%s%s", card->index, field, suffix);
    return key;
}

/* Counts the call and says which code it returns. */
static int about(Card *card, const char *field)
{
    char key[64];
    count_call(field, card->index);
    long long lost_after = number(key_of(card, "lost_after", "", key, sizeof key), -1);
    if (lost_after >= 0 && asked[card->index]++ >= lost_after) return GPU_IS_LOST;
    return (int)number(key_of(card, field, "!", key, sizeof key), SUCCESS);
}

static int value_of(Card *card, const char *field, long long *value)
{
    char key[64], text[512];
    if (!look_up(key_of(card, field, "", key, sizeof key), text, sizeof text)) return NOT_SUPPORTED;
    *value = atoll(text);
    return SUCCESS;
}

static int text_of(Card *card, const char *field, char *out, unsigned size)
{
    char key[64], text[512];
    int code = about(card, field);
    unsigned byte;
    if (code) return code;
    if (!look_up(key_of(card, field, "", key, sizeof key), text, sizeof text)) return NOT_SUPPORTED;
    for (char *from = text; *from && size > 1; size--) {
        if (sscanf(from, "\\x%2x", &byte) == 1) { *out++ = (char)byte; from += 4; }
        else *out++ = *from++;
    }
    *out = 0;
    return SUCCESS;
}

static int one(Card *card, const char *field, long long *value)
{
    int code = about(card, field);
    return code ? code : value_of(card, field, value);
}

int nvmlInitWithFlags(unsigned flags)
{
    (void)flags;
    count_call("init", -1);
    return (int)number("init", SUCCESS);
}

int nvmlShutdown(void) { count_call("shutdown", -1); return SUCCESS; }

const char *nvmlErrorString(int code) { return code == 9 ? "Driver Not Loaded" : "An error of the fake"; }

int nvmlSystemGetDriverVersion(char *version, unsigned size)
{
    char text[512];
    if (!look_up("driver", text, sizeof text)) return NOT_SUPPORTED;
    snprintf(version, size, "%s", text);
    return SUCCESS;
}

int nvmlDeviceGetCount_v2(unsigned *count) { *count = (unsigned)number("count", 0); return SUCCESS; }

int nvmlDeviceGetHandleByIndex_v2(unsigned index, Card **card)
{
    char key[64];
    if (index >= MAX_CARDS) return INVALID_ARGUMENT;
    cards[index].index = (int)index;
    snprintf(key, sizeof key, "%u.handle!", index);
    *card = &cards[index];
    return (int)number(key, SUCCESS);
}

int nvmlDeviceGetUUID(Card *card, char *uuid, unsigned size) { return text_of(card, "uuid", uuid, size); }
int nvmlDeviceGetName(Card *card, char *name, unsigned size) { return text_of(card, "name", name, size); }

int nvmlDeviceGetMemoryInfo(Card *card, unsigned long long *memory)
{
    long long total, used;
    int code = about(card, "memory");
    if (code || (code = value_of(card, "total", &total)) || (code = value_of(card, "used", &used))) return code;
    memory[0] = (unsigned long long)total;
    memory[1] = (unsigned long long)(total - used);
    memory[2] = (unsigned long long)used;
    return SUCCESS;
}

typedef struct { unsigned version; unsigned long long total, reserved, free, used; } MemoryV2;

int nvmlDeviceGetMemoryInfo_v2(Card *card, MemoryV2 *memory)
{
    long long total, used;
    int code = about(card, "memory2");
    if (code || (code = value_of(card, "total", &total)) || (code = value_of(card, "used", &used))) return code;
    memory->total = (unsigned long long)total;
    memory->used = (unsigned long long)used;
    memory->reserved = 0;
    memory->free = (unsigned long long)(total - used);
    return SUCCESS;
}

int nvmlDeviceGetPowerUsage(Card *card, unsigned *milliwatts)
{
    char key[64];
    long long value = 0;
    int code = one(card, "power", &value);
    sleep((unsigned)number(key_of(card, "hang_s", "", key, sizeof key), 0));
    *milliwatts = (unsigned)value;
    return code;
}

int nvmlDeviceGetEnforcedPowerLimit(Card *card, unsigned *milliwatts)
{
    long long value = 0;
    int code = one(card, "limit", &value);
    *milliwatts = (unsigned)value;
    return code;
}

int nvmlDeviceGetUtilizationRates(Card *card, unsigned *rates)
{
    long long value = 0;
    int code = one(card, "busy", &value);
    rates[0] = (unsigned)value;
    rates[1] = 0;
    return code;
}

typedef struct { unsigned version, sensor; int celsius; } TemperatureV1;

int nvmlDeviceGetTemperatureV(Card *card, TemperatureV1 *temperature)
{
    long long value = 0;
    int code = about(card, "tempv");
    if (!code) code = value_of(card, "temp", &value);
    temperature->celsius = (int)value;
    return code;
}

int nvmlDeviceGetTemperature(Card *card, unsigned sensor, unsigned *celsius)
{
    long long value = 0;
    int code = one(card, "temp", &value);
    (void)sensor;
    *celsius = (unsigned)value;
    return code;
}
