/* What load.py asks of libcuda and libcublas, without a card: it lets the load's own code run, and computes nothing. */

#include <stddef.h>
#include <unistd.h>

int cuInit(unsigned flags) { (void)flags; return 0; }
int cuDeviceGet(int *device, int number) { *device = number; return 0; }
int cuDevicePrimaryCtxRetain(void **context, int device) { (void)device; *context = (void *)1; return 0; }
int cuCtxSetCurrent(void *context) { return context == (void *)1 ? 0 : 201; }
int cuMemAlloc_v2(unsigned long long *address, size_t bytes) { *address = 4096 + bytes; return bytes ? 0 : 1; }
int cuMemsetD32_v2(unsigned long long address, unsigned value, size_t count)
{
    return address == 4096 + count * 4 && value == 0x3f800000 ? 0 : 1;
}
int cuCtxSynchronize(void) { usleep(1000); return 0; }
int cublasCreate_v2(void **handle) { *handle = (void *)2; return 0; }
int cublasSgemm_v2(void *handle, int ta, int tb, int m, int n, int k, const float *alpha, unsigned long long a, int lda,
                   unsigned long long b, int ldb, const float *beta, unsigned long long c, int ldc)
{
    int sizes = m == n && n == k && lda == n && ldb == n && ldc == n;
    return handle == (void *)2 && !ta && !tb && sizes && *alpha == 1 && *beta == 0 && a && b && c ? 0 : 7;
}
